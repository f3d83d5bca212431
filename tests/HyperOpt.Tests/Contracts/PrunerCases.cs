using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>Trials and histories to try pruners on. Made by formulas: the same in every run.</summary>
public static class PrunerCases
{
    public const int Steps = 20;

    /// <summary>Curves as they ought not to be, and as they are: each has at least one report.</summary>
    public static ImmutableArray<Observation> OddTrials { get; } =
    [
        Running((0, 0.5)),
        Running((0, double.NaN)),
        Running((0, double.PositiveInfinity)),
        Running((0, double.NegativeInfinity)),
        Running((0, double.NaN), (1, double.NaN), (2, double.NaN), (3, double.NaN)),
        Running((0, 1), (1, double.NaN), (2, double.PositiveInfinity), (3, double.NegativeInfinity), (4, double.NaN)),
        Running((0, double.MaxValue), (1, double.MinValue), (2, double.Epsilon), (3, -0.0)),
        Running(Enumerable.Range(0, Steps).Select(step => (step, 0.5))),
        Running((7, 0.1), (3, 0.9), (19, 0.4), (0, 0.2), (11, 0.3), (4, double.NaN)),
        Running(Enumerable.Range(0, Steps).Select(step => (Steps - 1 - step, step / 10d))),
        Running((int.MaxValue, 0.5)),
        Running((0, 0.5), (1_000_000_000, 0.4), (int.MaxValue - 1, 0.3), (int.MaxValue, 0.6)),
        Running(Enumerable.Range(0, 500).Select(step => (step, 1d / (step + 1)))),
    ];

    /// <summary>A trial under way.</summary>
    public static Observation Running(params IEnumerable<(int Step, double Loss)> reports) => Trial(1_000_000, TrialState.Running, reports);

    public static Observation Trial(int number, TrialState state, params IEnumerable<(int Step, double Loss)> reports)
    {
        var curve = LearningCurve.Create(reports);
        var final = curve.Count == 0 ? 0 : curve.Loss(curve.Count - 1);
        var hasLoss = state is TrialState.Completed or TrialState.Pruned && !double.IsNaN(final);
        return new Observation
        {
            Number = number,
            State = state,
            Point = [],
            Losses = hasLoss ? [double.IsNaN(final) ? 0 : final] : [],
            Curve = curve,
        };
    }

    public static TrialHistory History(params IEnumerable<Observation> finished) => TrialHistory.Create(SearchSpace.Empty, finished);

    /// <summary>Completed trials with curves that fall, cross and are noisy, at the steps 0, 1, …, Steps - 1.</summary>
    public static IEnumerable<Observation> CompletedTrials(int count, ulong seed = 1, int firstNumber = 0) =>
        Enumerable.Range(0, count).Select(i => Trial(firstNumber + i, TrialState.Completed, Falling(seed, i)));

    /// <summary>Trials under way with curves of the same kind.</summary>
    public static IEnumerable<Observation> UnderWay(int count, ulong seed) =>
        Enumerable.Range(0, count).Select(i => Running(Falling(seed, i)));

    /// <summary>The trial as it was after each of its reports.</summary>
    public static IEnumerable<Observation> AfterEachReport(Observation trial)
    {
        var reports = Reports(trial).ToArray();
        return Enumerable.Range(1, reports.Length).Select(count => trial with { Curve = LearningCurve.Create(reports.Take(count)) });
    }

    public static IEnumerable<(int Step, double Loss)> Reports(Observation trial)
    {
        for (var i = 0; i < trial.Curve.Count; i++)
        {
            yield return (trial.Curve.Steps[i], trial.Curve.Loss(i));
        }
    }

    /// <summary>
    /// A number in [0,1): the finalizer of SplitMix64 (Steele, Lea and Flood 2014, 10.1145/2660193.2660195) over a counter.
    /// </summary>
    public static double Uniform(ulong seed, int at)
    {
        var bits = unchecked((seed << 32) + ((ulong)at + 1) * 0x9E3779B97F4A7C15);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return ((bits ^ (bits >> 31)) >> 11) * Math.ScaleB(1, -53);
    }

    private static IEnumerable<(int Step, double Loss)> Falling(ulong seed, int trial)
    {
        var floor = Uniform(seed, trial);
        return Enumerable.Range(0, Steps).Select(step =>
            (step, floor + 2 * Uniform(seed + 1, trial) / (step + 1) + 0.1 * Uniform(seed + 2, trial * Steps + step)));
    }
}
