using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>
/// Chooses hyperparameters by the upper confidence bound of what an interval with them wins. Intervals under way, which nothing is known of but how
/// they began, lessen the variance near them. Source: Parker-Holder et al. 2020, arXiv:2002.02518.
/// </summary>
internal sealed class Bandit
{
    private const int Window = 200;
    private const int LeastRows = 4;
    private const int Spread = 256;
    private const int Near = 64;
    private const double Nearness = 0.2;
    private const int Climbs = 4;
    private const int MaxEvaluations = 30;

    private readonly SearchSpace _space;
    private readonly Observation _parent;
    private readonly ScheduleRows _rows;
    private readonly ScheduleModel _model;
    private readonly double _boldness;

    private Bandit(SearchSpace space, TrialHistory history, Observation parent, ScheduleRows rows)
    {
        (_space, _parent, _rows) = (space, parent, rows);
        ScheduleInputs[] pending =
        [
            .. from trial in history.Pending
               let begun = rows.ParentOf(trial)
               where begun is not null
               select rows.InputsOf(trial.Point.AsSpan(), begun),
        ];
        _model = new ScheduleModel(rows, ScheduleFit.Of(rows), pending);
        _boldness = Boldness(rows.Gains.Length);
    }

    /// <summary>How many deviations the bound lies above the mean: √(0.2 ln 0.4n), and 1/2 at the least.</summary>
    public static double Boldness(int rows) => Math.Max(0.5, Math.Sqrt(Math.Max(0, 0.2 * Math.Log(0.4 * rows))));

    /// <summary>The hyperparameters for a member that goes on from a trial; null where too little is known or no candidate holds the hard constraints.</summary>
    /// <param name="space">The axes.</param>
    /// <param name="history">What is known.</param>
    /// <param name="parent">Whose checkpoint is taken; it completed.</param>
    /// <param name="source">The hyperparameters to vary from.</param>
    /// <param name="explore">What stays, and how often a category is drawn anew.</param>
    /// <param name="random">The chance.</param>
    public static ImmutableArray<double>? Choose(
        SearchSpace space, TrialHistory history, Observation parent, ImmutableArray<double> source, Explore explore, Random random)
    {
        var rows = ScheduleRows.Of(space, history, Window);
        return rows.Gains.Length < LeastRows ? null : new Bandit(space, history, parent, rows).Choose(source, explore, random);
    }

    private ImmutableArray<double>? Choose(ImmutableArray<double> source, Explore explore, Random random)
    {
        var start = new double[_space.Count];
        var free = new List<int>();
        for (var axis = 0; axis < start.Length; axis++)
        {
            var isKept = explore.Kept.Contains(_space[axis].Name);
            start[axis] = double.IsNaN(source[axis]) ? random.NextDouble()
                : isKept || _space[axis].IsOrdered ? source[axis]
                : Perturbation.Vary(_space[axis], source[axis], explore, random);
            if (_space[axis].IsOrdered && _space[axis].Cardinality != 1 && (!isKept || double.IsNaN(source[axis])))
            {
                free.Add(axis);
            }
        }

        var found = new List<(double[] Point, double Bound)>();
        foreach (var candidate in Candidates(start, free, random))
        {
            Try(candidate, found);
        }

        foreach (var (point, _) in found.OrderByDescending(candidate => candidate.Bound).Take(Climbs).ToArray())
        {
            Try(Climb(point, free), found);
        }

        return found.Count == 0 ? null : ImmutableCollectionsMarshal.AsImmutableArray(found.MaxBy(candidate => candidate.Bound).Point);
    }

    private void Try(double[] candidate, List<(double[] Point, double Bound)> found)
    {
        if (_space.IsFeasible(candidate))
        {
            var (mean, deviation) = _model.Predict(_rows.InputsOf(_space.Normalize(candidate).AsSpan(), _parent));
            found.Add((candidate, mean + _boldness * deviation));
        }
    }

    // The start, points near it, and points all over.
    private static IEnumerable<double[]> Candidates(double[] start, List<int> free, Random random)
    {
        yield return start;
        var scramble = (ulong)random.NextInt64();
        for (var index = 0; index < Spread + Near && free.Count > 0; index++)
        {
            double[] point = [.. start];
            for (var dimension = 0; dimension < free.Count; dimension++)
            {
                var unit = dimension < SobolSequence.MaxDimensions ? SobolSequence.Scrambled(index, dimension, scramble) : random.NextDouble();
                ref var coordinate = ref point[free[dimension]];
                coordinate = index < Spread ? unit : Math.Clamp(coordinate + Nearness * (unit - 0.5), 0, 1);
            }

            yield return point;
        }
    }

    // Up the bound along the free axes that are active, as if whole numbers were not.
    private double[] Climb(double[] point, List<int> free)
    {
        var normal = _space.Normalize(point);
        int[] axes = [.. free.Where(axis => !double.IsNaN(normal[axis]))];
        if (axes.Length == 0)
        {
            return point;
        }

        double[] moved = [.. normal];
        var slopes = new double[point.Length];
        var inputs = _rows.InputsOf(moved, _parent);
        var search = new BoundedLbfgs(new double[axes.Length], [.. Enumerable.Repeat(1.0, axes.Length)]) { MaxEvaluations = MaxEvaluations };
        var (top, _) = search.Minimize(Descent, [.. axes.Select(axis => point[axis])]);
        double[] reached = [.. point];
        for (var dimension = 0; dimension < axes.Length; dimension++)
        {
            reached[axes[dimension]] = top[dimension];
        }

        return reached;

        double Descent(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (var dimension = 0; dimension < axes.Length; dimension++)
            {
                inputs.Features[axes[dimension]] = at[dimension];
            }

            var bound = _model.Bound(inputs, _boldness, slopes);
            for (var dimension = 0; dimension < axes.Length; dimension++)
            {
                gradient[dimension] = -slopes[axes[dimension]];
            }

            return -bound;
        }
    }
}
