using System.Collections.Immutable;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>
/// Evaluates the trials of one run of one sampler on one problem, and says how good the run is so far. The same for our samplers and for those of
/// other libraries.
/// </summary>
internal sealed class Judge(Problem problem, ulong seed)
{
    private readonly List<ImmutableArray<double>> _front = [];
    private double _bestTold = double.PositiveInfinity;
    private double _trueOfBest = double.PositiveInfinity;

    /// <summary>How many trials were evaluated.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// How good the run is, less is better: log10 of resolution and regret, which is the true loss of the trial that looks best less the least
    /// loss, or the largest hypervolume less that of the trials.
    /// </summary>
    public double Value => Math.Log10(Math.Max(0, Regret) + problem.Resolution);

    private double Regret => problem.Reference.IsEmpty ? _trueOfBest - problem.Best : problem.Best - Hypervolume.Of(_front, problem.Reference);

    /// <summary>What the sampler is told of a configuration.</summary>
    public double[] Evaluate(IPoint point)
    {
        var losses = problem.Losses(point);
        if (problem.Reference.IsEmpty)
        {
            var truth = losses[0];
            losses[0] += Noise();
            if (losses[0] < _bestTold)
            {
                (_bestTold, _trueOfBest) = (losses[0], truth);
            }
        }
        else
        {
            Add([.. losses]);
        }

        Count++;
        return losses;
    }

    private void Add(ImmutableArray<double> losses)
    {
        if (!_front.Exists(other => Pareto.Dominates(other.AsSpan(), losses.AsSpan())))
        {
            _front.RemoveAll(other => Pareto.Dominates(losses.AsSpan(), other.AsSpan()));
            _front.Add(losses);
        }
    }

    // A function of seed, problem and trial: all samplers meet the same.
    private double Noise()
    {
        if (problem.Noise == NoiseKind.None)
        {
            return 0;
        }

        var random = StreamSeed.Create(seed, Count, "quality/noise/" + problem.Name);
        var deviate = Gaussian.Next(random);
        return problem.NoiseScale * (problem.Noise == NoiseKind.Normal ? deviate : deviate / Math.Sqrt(-Math.Log(1 - random.NextDouble())));
    }
}
