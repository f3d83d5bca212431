using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Spaces;

namespace HyperOpt.Trials;

/// <summary>The one place where what people see becomes what algorithms see: values to coordinates, directions to losses.</summary>
internal static class ObservationTranslator
{
    /// <summary>A finished trial in terms of a space.</summary>
    /// <param name="trial">A trial that ended.</param>
    /// <param name="space">The axes of the point.</param>
    /// <param name="signs">For each objective 1 if less is better, -1 if more is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Observation Translate(FrozenTrial trial, SearchSpace space, ImmutableArray<double> signs) => !trial.FitsSpace ? Outside(trial, space) : new()
    {
        Number = trial.Number,
        State = trial.State,
        Point = PointOf(trial.Parameters, space),
        Losses = Losses(trial, signs),
        Violations = trial.Constraints,
        Curve = CurveOf(trial.Reports, signs),
        Parent = trial.Parent,
        Duration = trial.Duration,
        Cost = trial.Cost ?? double.NaN,
    };

    // It keeps its place among the others: samplers count trials, and name parents by number.
    private static Observation Outside(FrozenTrial trial, SearchSpace space) => new()
    {
        Number = trial.Number,
        State = TrialState.Failed,
        Point = [.. Enumerable.Repeat(double.NaN, space.Count)],
        IsOutside = true,
        Parent = trial.Parent,
    };

    /// <summary>The coordinates of a configuration in a space; values that do not fit its domains are left out.</summary>
    public static ImmutableArray<double> PointOf(Configuration configuration, SearchSpace space)
    {
        if (ReferenceEquals(configuration.Space, space))
        {
            return ImmutableCollectionsMarshal.AsImmutableArray(space.PointOf(configuration.Codes.AsSpan()));
        }

        var point = new double[space.Count];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var code = configuration.CodeFor(space[axis]);
            point[axis] = double.IsNaN(code) ? double.NaN : space[axis].UnitOf(code);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(point);
    }

    public static ImmutableArray<double> Fold(ReadOnlySpan<double> values, ImmutableArray<double> signs)
    {
        var losses = new double[values.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = values[i] * signs[i];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(losses);
    }

    private static ImmutableArray<double> Losses(FrozenTrial trial, ImmutableArray<double> signs) =>
        trial.State is TrialState.Completed or TrialState.Pruned && !trial.Values.AsSpan().ContainsAnyNaN()
            ? Fold(trial.Values.AsSpan(), signs)
            : [];

    private static LearningCurve CurveOf(ImmutableArray<Report> reports, ImmutableArray<double> signs)
    {
        if (reports.IsEmpty)
        {
            return LearningCurve.Empty;
        }

        var builder = new LearningCurveBuilder(signs.Length);
        foreach (var report in reports)
        {
            builder.TryAdd(report.Step, Fold(report.Values.AsSpan(), signs).AsSpan());
        }

        return builder.Snapshot();
    }

    private static bool ContainsAnyNaN(this ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }
}
