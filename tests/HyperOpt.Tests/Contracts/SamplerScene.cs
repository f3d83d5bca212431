using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>A random space with a random history: what a sampler is handed.</summary>
internal sealed record SamplerScene(ImmutableArray<RandomAxis> Axes, int Count, int Pending, int Objectives, int Oddity, ulong Chance)
{
    private readonly Lazy<SearchSpace> _space = new(() => RandomAxis.SpaceOf(Axes));

    /// <summary>Up to six axes of all kinds under conditions, up to 40 trials; what fails is made smaller axis by axis and trial by trial.</summary>
    public static Arbitrary<SamplerScene> Any { get; } = Arb.From(
        from count in Gen.Choose(0, 6)
        from axes in Gen.CollectToArray(Enumerable.Range(0, count), RandomAxis.Any)
        from trials in Gen.Frequency((1, Gen.Choose(0, 2)), (2, Gen.Choose(3, 40)))
        from pending in Gen.Choose(0, 8)
        from objectives in Gen.Frequency((2, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
        from oddity in Gen.Choose(0, 1_000_000)
        from chance in Gen.Choose(0, 1_000_000)
        select new SamplerScene([.. axes], trials, pending, objectives, oddity, (ulong)chance),
        scene => scene.Smaller());

    public SearchSpace Space => _space.Value;

    public TrialHistory History
    {
        get
        {
            var random = new Xoshiro256StarStar((ulong)Oddity);
            var points = Enumerable.Range(0, Count + Pending).Select(_ => SamplerHistories.RandomPoint(Space, random));
            Observation[] trials = [.. SamplerHistories.At(points, Objectives).Select(trial => Odd(trial, random))];
            return TrialHistory.Create(
                Space, trials.Take(Count), trials.Skip(Count).Select(Running), Chance, Objectives);
        }
    }

    public override string ToString() =>
        $"{Count} trials, {Pending} pending, {Objectives} objectives, oddity {Oddity}, chance {Chance}, space: "
        + string.Join("; ", Space.Select(parameter => $"{parameter}{string.Concat(parameter.Conditions.Select(condition => $" when {condition}"))}"));

    private static Observation Running(Observation trial) => new() { Number = trial.Number, State = TrialState.Running, Point = trial.Point };

    // One in three trials is odd in some way.
    private static Observation Odd(Observation trial, Random random) => random.Next(18) switch
    {
        0 => trial with { State = TrialState.Failed, Losses = [] },
        1 => trial with { State = TrialState.Pruned, Losses = [] },
        2 => trial with { State = TrialState.Pruned },
        3 => trial with { Violations = [random.NextDouble() - 0.3, double.NegativeInfinity] },
        4 => trial with { Losses = [.. trial.Losses.Select(_ => random.Next(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity)] },
        5 => trial with { Point = [.. trial.Point.Select(unit => random.Next(2) == 0 ? double.NaN : unit)] },
        _ => trial,
    };

    private IEnumerable<SamplerScene> Smaller()
    {
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            yield return Remade(Axes.RemoveAt(axis), Count, Pending, Objectives);
        }

        foreach (var count in new[] { 0, Count / 2, Count - 1 }.Where(count => count >= 0 && count < Count).Distinct())
        {
            yield return Remade(Axes, count, Pending, Objectives);
        }

        if (Pending > 0)
        {
            yield return Remade(Axes, Count, 0, Objectives);
        }

        if (Objectives > 1)
        {
            yield return Remade(Axes, Count, Pending, 1);
        }
    }

    private SamplerScene Remade(ImmutableArray<RandomAxis> axes, int count, int pending, int objectives) =>
        new(axes, count, pending, objectives, Oddity, Chance);
}
