using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Every combination once, then nothing: finite axes with all their values, continuous ones with some points from end to end.
/// Declared conditions are walked as a tree, so that configurations which differ only in inactive parameters count once;
/// those that break a hard constraint are left out, and so is what was tried before, for instance because it was enqueued.
/// </summary>
public sealed class GridSampler : ISampler
{
    /// <summary>How many combinations of a grid too large to sift are looked at before it counts as infeasible.</summary>
    private const int MaxLooks = 100_000;

    private readonly ConditionalWeakTable<SearchSpace, GridPlan> _plans = [];

    /// <summary>How many points a continuous axis has, both ends included. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int PointsPerAxis
    {
        get;
        init => field = CheckPoints(value, nameof(PointsPerAxis));
    } = 5;

    /// <summary>
    /// How many points single continuous axes have, by the parameter's name; <see cref="PointsPerAxis"/> holds for the others. Default none. Each must be a
    /// continuous parameter that the study declares.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public ImmutableDictionary<string, int> Points
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.All(pair => CheckPoints(pair.Value, pair.Key) > 0) ? value : field;
        }
    } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Whether the combinations come in an order shuffled by the study's seed, so that a search cut short has seen all regions; otherwise in that of counting, the first axis fastest. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// There are more combinations than can be counted, or none is feasible; or <see cref="Points"/> names a finite parameter, or one that the space does not have.
    /// </exception>
    public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        CheckNames(space);
        var plan = _plans.GetValue(space, key => GridPlan.Create(key, PointsOf));
        if (plan.Count == 0)
        {
            throw new InvalidOperationException(
                $"A grid must have a combination that breaks no hard constraint, but each of its {plan.All} does: {space.Laws}. "
                + "Give continuous axes more points, or relax a constraint.");
        }

        var order = new Permutation(plan.Count, history.Seed);
        var start = Start(plan, history);
        for (var i = 0L; i < plan.Count; i++)
        {
            if (i == MaxLooks && !plan.IsSifted)
            {
                throw new InvalidOperationException(
                    $"A grid must have feasible combinations near one another, but {i} of {plan.Count} in a row break a hard constraint ({space.Laws}) "
                    + "or were tried. Give continuous axes fewer points, or relax a constraint.");
            }

            var position = (long)(((ulong)start + (ulong)i) % (ulong)plan.Count); // the sum may pass what a long holds
            var point = plan.At(Shuffle ? order.At(position) : position);
            if ((plan.IsSifted || space.IsFeasible(point)) && !history.HasTried(point))
            {
                return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(point));
            }
        }

        return null;
    }

    // A trial begins to look at its own number, so that trials which do not know of each other do not get the same. Among infeasible
    // combinations it would have to pass all that trials before it have passed, and therefore begins anywhere.
    private long Start(GridPlan plan, TrialHistory history) =>
        Shuffle && !plan.IsSifted
            ? (long)(StreamSeed.Hash(history.Seed, history.Number, "grid") % (ulong)plan.Count)
            : history.Number % plan.Count;

    private static int CheckPoints(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"A continuous axis has at least 1 point on a grid, but '{name}' was given {value}. Give a positive number.");

    private void CheckNames(SearchSpace space)
    {
        foreach (var name in Points.Keys)
        {
            var axis = space.IndexOf(name);
            if (axis < 0 || space[axis].Cardinality is not null)
            {
                throw new InvalidOperationException(
                    "The names in GridSampler.Points must be those of continuous parameters in the declared space, but "
                    + (axis < 0 ? $"'{name}' is none of its parameters ({space}). " : $"({space[axis]}) is finite, and all its values are on the grid. ")
                    + "Correct the name, take it out of Points, or declare the parameter.");
            }
        }
    }

    private int PointsOf(Parameter parameter) => Points.GetValueOrDefault(parameter.Name, PointsPerAxis);
}
