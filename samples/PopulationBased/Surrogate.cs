using System.Collections.Immutable;
using HyperOpt;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace PopulationBased;

/// <summary>
/// The problem of figure 2 in Jaderberg et al. 2017 (arXiv:1711.09846). What is wanted is Q(θ) = 1.2 - (θ0² + θ1²); what can be trained on is
/// 1.2 - (h0·θ0² + h1·θ1²), by gradient ascent. Neither (h0, h1) = (1, 0) nor (0, 1) comes near the best of 1.2; taking turns does.
/// </summary>
public static class Surrogate
{
    /// <summary>How many steps each of the two workers trains.</summary>
    public const int Steps = 200;

    private const int Ready = 10;
    private const double Rate = 0.01;
    private const double Noise = 0.1;
    private const double Range = 10; // wide enough that h is never cut

    private static readonly FloatParameter H0 = Parameter.Float("h0", -Range, Range);
    private static readonly FloatParameter H1 = Parameter.Float("h1", -Range, Range);

    /// <summary>Neither exploits nor explores.</summary>
    public static PopulationBasedSampler Grid { get; } = new() { Population = 2, ReadyEvery = Ready, Exploit = Exploit.None, Explore = Explore.None };

    /// <summary>The hyperparameters vary each time a worker is ready; nothing is copied.</summary>
    public static PopulationBasedSampler ExploreOnly { get; } = new()
    {
        Population = 2,
        ReadyEvery = Ready,
        Exploit = Exploit.None,
        Explore = Explore.Gaussian(Noise / (2 * Range)).Always(),
    };

    /// <summary>A worker goes on from the other's θ when that is better, and keeps its h.</summary>
    public static PopulationBasedSampler ExploitOnly { get; } = new()
    {
        Population = 2,
        ReadyEvery = Ready,
        Exploit = Exploit.Tournament.KeepingOwn(),
        Explore = Explore.None,
    };

    /// <summary>Both.</summary>
    public static PopulationBasedSampler Both { get; } = new()
    {
        Population = 2,
        ReadyEvery = Ready,
        Exploit = Exploit.Tournament.KeepingOwn(),
        Explore = Explore.Gaussian(Noise / (2 * Range)),
    };

    /// <summary>Trains the two workers, one trial a step; a worker sees what the other had published a step before, like workers that take turns.</summary>
    public static async Task<SurrogateRun> RunAsync(PopulationBasedSampler sampler, ulong seed)
    {
        using var study = new Study(new StudyOptions
        {
            Space = [H0, H1],
            Direction = Direction.Maximize,
            Sampler = sampler,
            Pruner = new NopPruner(),
            Seed = seed,
            Lag = 2,
        });
        await study.EnqueueAsync(H0.Is(1), H1.Is(0));
        await study.EnqueueAsync(H0.Is(0), H1.Is(1));
        var thetas = new List<(double, double)>();
        study.TrainPopulation(
            create: _ => new Theta { X = 0.9, Y = 0.9 },
            step: (theta, trial) =>
            {
                theta.X -= 2 * Rate * trial.Suggest(H0) * theta.X;
                theta.Y -= 2 * Rate * trial.Suggest(H1) * theta.Y;
                thetas.Add((theta.X, theta.Y));
                return theta.Q;
            },
            save: (theta, stream) => stream.Write([.. BitConverter.GetBytes(theta.X), .. BitConverter.GetBytes(theta.Y)]),
            load: (_, stream) =>
            {
                Span<byte> bytes = stackalloc byte[2 * sizeof(double)];
                stream.ReadExactly(bytes);
                return new Theta { X = BitConverter.ToDouble(bytes), Y = BitConverter.ToDouble(bytes[sizeof(double)..]) };
            },
            trials: 2 * Steps);
        return new SurrogateRun([.. thetas]);
    }

    private sealed class Theta
    {
        public double X { get; set; }

        public double Y { get; set; }

        public double Q => 1.2 - (X * X + Y * Y);
    }
}

/// <summary>The way that θ took.</summary>
/// <param name="Thetas">After each step of the first worker, of the second, and so on.</param>
public sealed record SurrogateRun(ImmutableArray<(double X, double Y)> Thetas)
{
    /// <summary>The best Q that there was until after so many steps.</summary>
    public double BestAt(int steps) => Thetas.Take(2 * steps).Max(Q);

    /// <summary>The better Q of the two workers after so many steps.</summary>
    public double CurrentAt(int steps) => Thetas.Skip(2 * (steps - 1)).Take(2).Max(Q);

    private static double Q((double X, double Y) theta) => 1.2 - (theta.X * theta.X + theta.Y * theta.Y);
}
