using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>A function to minimize, and what is known of it. Immutable.</summary>
/// <remarks>With several objectives it is judged by hypervolume, otherwise by regret; see <see cref="Judge"/>.</remarks>
internal sealed record Problem
{
    private readonly Lazy<double> _spread;

    public Problem() => _spread = new Lazy<double>(() => RandomSample.Spread(this));

    private Problem(Problem other)
    {
        (Name, Family, Space, Losses) = (other.Name, other.Family, other.Space, other.Losses);
        (Best, Reference, Resolution) = (other.Best, other.Reference, other.Resolution);
        (Noise, NoiseShare, IsHeldOut) = (other.Noise, other.NoiseShare, other.IsHeldOut);
        _spread = new Lazy<double>(() => RandomSample.Spread(this)); // not that of the other
    }

    /// <summary>The name: letters, digits and hyphens, unique in the suite.</summary>
    public required string Name { get; init; }

    /// <summary>flat, mixed, conditional, noisy, multi or real.</summary>
    public required string Family { get; init; }

    /// <summary>What may vary; parents stand before what depends on them.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>From a configuration to its true losses: a pure function.</summary>
    public required Func<IPoint, double[]> Losses { get; init; }

    /// <summary>One objective: the least loss, or the least that is known. Several: the largest hypervolume.</summary>
    public required double Best { get; init; }

    /// <summary>Several objectives: the point up to which volume counts. Empty for one.</summary>
    public ImmutableArray<double> Reference { get; init; } = [];

    /// <summary>Regrets are not told apart far below this: log10(regret + resolution) is what is recorded.</summary>
    public double Resolution { get; init; } = 1e-6;

    /// <summary>The kind of noise on what the sampler is told. The judgement is by the true loss.</summary>
    public NoiseKind Noise { get; init; }

    /// <summary>The scale of the noise, as a share of the standard deviation of the loss over random configurations.</summary>
    public double NoiseShare { get; init; }

    /// <summary>Whether it belongs to the suite that is kept aside for judging what was tuned on the other.</summary>
    public bool IsHeldOut { get; init; }

    /// <summary>How many losses there are.</summary>
    public int Objectives => Math.Max(1, Reference.Length);

    /// <summary>The scale of the noise.</summary>
    public double NoiseScale => Noise == NoiseKind.None ? 0 : NoiseShare * _spread.Value;

    /// <summary>A problem of one loss.</summary>
    public static Problem Of(string family, string name, SearchSpace space, Func<IPoint, double> loss, double best = 0) =>
        new() { Family = family, Name = name, Space = space, Losses = point => [loss(point)], Best = best };
}
