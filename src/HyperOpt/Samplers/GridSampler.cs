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
    private readonly ConditionalWeakTable<SearchSpace, GridPlan> _plans = [];

    /// <summary>How many points a continuous axis has, both ends included. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int PointsPerAxis
    {
        get;
        init => field = CheckPoints(value, nameof(PointsPerAxis));
    } = 5;

    /// <summary>How many points single continuous axes have, by the parameter's name; <see cref="PointsPerAxis"/> holds for the others. Default none.</summary>
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
    /// <exception cref="InvalidOperationException">There are more combinations than can be counted.</exception>
    public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        var plan = _plans.GetValue(space, key => GridPlan.Create(key, PointsOf));
        var order = new Permutation(plan.Count, history.Seed);
        var tried = history.CountTried();
        for (var i = 0L; i < plan.Count; i++)
        {
            var position = (tried + i) % plan.Count;
            if (plan.At(Shuffle ? order.At(position) : position) is { } codes && !history.HasTriedCodes(codes))
            {
                return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(space.PointOf(codes)));
            }
        }

        return null;
    }

    private static int CheckPoints(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"A continuous axis has at least 1 point on a grid, but '{name}' was given {value}. Give a positive number.");

    private int PointsOf(Parameter parameter) => Points.GetValueOrDefault(parameter.Name, PointsPerAxis);
}
