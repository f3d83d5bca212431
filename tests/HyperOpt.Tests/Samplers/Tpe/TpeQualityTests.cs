using HyperOpt.Samplers;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>
/// Guards the search itself. Bounds on the median over 11 fixed seeds of log10 regret after 100 trials in five dimensions, halfway between what was measured
/// and what the nearest broken variant gives; seeds are fixed, so it fails when the algorithm changes, never by chance.
/// Measured in November 2026: sphere -1.9 (random search 0.9), with eight trials at once 0.0, Rosenbrock 0.9 (3.0).
/// Optuna 3.1's multivariate TPE with constant liar on the same sphere and Rosenbrock functions, 10 seeds: -0.3 and 1.8.
/// </summary>
public sealed class TpeQualityTests
{
    private const int Seeds = 11;
    private const int Trials = 100;

    [Fact]
    public void TheSphereIsSearchedFarBetterThanByOptunasEstimator() =>
        Assert.InRange(MedianLogRegret(x => x.Select((v, i) => (v - 0.1 * i) * (v - 0.1 * i)).Sum(), 5, -5, 5), double.NegativeInfinity, -1);

    [Fact]
    public void TheBentValleyIsFollowed() =>
        Assert.InRange(MedianLogRegret(x => Enumerable.Range(0, 4).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2)), 5, -5, 5), double.NegativeInfinity, 1.4);

    [Fact]
    public void ManyWorkersSearchNearlyAsWellAsOne() =>
        Assert.InRange(MedianLogRegret(x => x.Select((v, i) => (v - 0.1 * i) * (v - 0.1 * i)).Sum(), 5, -5, 5, lag: 8), double.NegativeInfinity, 0.4);

    private static double MedianLogRegret(Func<double[], double> loss, int axes, double low, double high, int lag = 1) =>
        Enumerable.Range(0, Seeds).Select(seed => LogRegret(loss, axes, low, high, lag, (ulong)seed)).Order().ElementAt(Seeds / 2);

    private static double LogRegret(Func<double[], double> loss, int axes, double low, double high, int lag, ulong seed)
    {
        var parameters = Enumerable.Range(0, axes).Select(axis => Parameter.Float($"x{axis}", low, high)).ToArray();
        using var study = new Study(new StudyOptions { Space = SearchSpace.Create(parameters), Sampler = new TpeSampler(), Seed = seed, Lag = lag });
        return Math.Log10(study.Optimize(trial => loss([.. parameters.Select(trial.Suggest)]), Trials).Value);
    }
}
