using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>Histories to try samplers on, ordinary and odd, for any space. Made by formulas: the same in every run.</summary>
public static class SamplerHistories
{
    private const int Some = 30;

    /// <summary>Histories that a study may come to have, by what is odd about them.</summary>
    public static ImmutableSortedDictionary<string, Func<SearchSpace, int, TrialHistory>> Odd { get; } =
        ImmutableSortedDictionary<string, Func<SearchSpace, int, TrialHistory>>.Empty.WithComparers(StringComparer.Ordinal).AddRange(
        [
            Finished("all losses equal", trial => trial with { Losses = [.. trial.Losses.Select(_ => 0.5)] }),
            Finished("all losses +inf", trial => trial with { Losses = [.. trial.Losses.Select(_ => double.PositiveInfinity)] }),
            Finished("all losses -inf", trial => trial with { Losses = [.. trial.Losses.Select(_ => double.NegativeInfinity)] }),
            Finished("some losses infinite, some huge", trial => trial with { Losses = [.. trial.Losses.Select((loss, objective) => Extreme(trial.Number + objective, loss))] }),
            Finished("every trial failed", trial => trial with { State = TrialState.Failed, Losses = [] }),
            Finished("every trial pruned, with curves", trial => trial with { State = TrialState.Pruned }),
            Finished("every trial pruned, without losses", trial => trial with { State = TrialState.Pruned, Losses = [], Curve = LearningCurve.Empty }),
            Finished("every trial infeasible", trial => trial with { Violations = [1 + trial.Number % 3, -1, 0] }),
            Finished("violations infinite", trial => trial with { Violations = [trial.Number % 2 == 0 ? double.PositiveInfinity : double.NegativeInfinity] }),
            Finished("values dropped here and there", trial => trial with { Point = [.. trial.Point.Select((unit, axis) => (trial.Number + axis) % 3 == 0 ? double.NaN : unit)] }),
            Finished("all values dropped", trial => trial with { Point = [.. trial.Point.Select(_ => double.NaN)] }),
            Finished("all points equal", trial => trial with { Point = [.. trial.Point.Select(unit => double.IsNaN(unit) ? unit : 0.5)] }),
            Finished("all points at the corners", trial => trial with { Point = [.. trial.Point.Select(unit => double.IsNaN(unit) ? unit : Math.Round(unit))] }),
            KeyValuePair.Create<string, Func<SearchSpace, int, TrialHistory>>("trials under way only", (space, objectives) =>
                TrialHistory.Create(space, [], [.. Trials(space, 8, objectives).Select(Running)], 3, objectives)),
            KeyValuePair.Create<string, Func<SearchSpace, int, TrialHistory>>("a mixture", (space, objectives) => Mixture(space, Some, objectives)),
        ]);

    /// <summary>Completed trials whose losses are smooth in their points.</summary>
    public static TrialHistory Completed(SearchSpace space, int count, int objectives = 1, ulong seed = 1) =>
        TrialHistory.Create(space, Trials(space, count, objectives, seed), seed: seed, objectives: objectives);

    /// <summary>Completed, pruned, failed and infeasible trials, values dropped, trials under way.</summary>
    public static TrialHistory Mixture(SearchSpace space, int count, int objectives = 1, ulong seed = 1)
    {
        Observation[] trials = [.. Trials(space, count, objectives, seed).Select(trial => (trial.Number % 7) switch
        {
            0 => trial with { State = TrialState.Failed, Losses = [] },
            1 => trial with { State = TrialState.Pruned },
            2 => trial with { Violations = [0.5] },
            3 => trial with { Losses = [.. trial.Losses.Select((loss, objective) => Extreme(trial.Number + objective, loss))] },
            4 => trial with { Point = [.. trial.Point.Select((unit, axis) => axis == trial.Number % trial.Point.Length ? double.NaN : unit)] },
            _ => trial,
        })];
        return TrialHistory.Create(space, trials.SkipLast(4), trials.TakeLast(4).Select(Running), seed, objectives);
    }

    /// <summary>Completed trials at given points.</summary>
    public static IEnumerable<Observation> At(IEnumerable<ImmutableArray<double>> points, int objectives = 1)
    {
        var number = 0;
        foreach (var point in points)
        {
            var distance = point.Where(unit => !double.IsNaN(unit)).Sum(unit => Math.Pow(unit - 0.3, 2));
            yield return new Observation
            {
                Number = number++,
                State = TrialState.Completed,
                Point = point,
                Losses = [.. Enumerable.Range(0, objectives).Select(objective => objective % 2 == 0 ? distance : 1 - distance / (1 + objective))],
                Curve = objectives == 1 ? LearningCurve.Create(Enumerable.Range(0, 3).Select(step => (step, distance + 1.0 / (step + 1)))) : LearningCurve.Empty,
            };
        }
    }

    private static IEnumerable<Observation> Trials(SearchSpace space, int count, int objectives, ulong seed = 1)
    {
        var random = new Xoshiro256StarStar(seed);
        return At(Enumerable.Range(0, count).Select(_ => RandomPoint(space, random)), objectives);
    }

    public static ImmutableArray<double> RandomPoint(SearchSpace space, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(random);
        return space.Normalize([.. space.Select(_ => random.NextDouble())]);
    }

    private static Observation Running(Observation trial) =>
        new() { Number = trial.Number, State = TrialState.Running, Point = trial.Point };

    private static double Extreme(int number, double loss) => (number % 5) switch
    {
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        2 => double.MaxValue,
        3 => double.MinValue,
        _ => loss,
    };

    private static KeyValuePair<string, Func<SearchSpace, int, TrialHistory>> Finished(string name, Func<Observation, Observation> change) =>
        KeyValuePair.Create<string, Func<SearchSpace, int, TrialHistory>>(name, (space, objectives) =>
            TrialHistory.Create(space, Trials(space, Some, objectives).Select(change), seed: 3, objectives: objectives));
}
