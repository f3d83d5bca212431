using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Trials;

/// <summary>
/// What a sampler or pruner may know when it decides about one trial: the results that it may learn from, and the points
/// that are being tried. An immutable snapshot, made in constant time; safe to use from several threads.
/// </summary>
public sealed class TrialHistory
{
    private readonly ObservationTable _table;
    private readonly PointIndex _tried;
    private readonly int _proposals;
    private readonly Lazy<IReadOnlyList<Observation>> _pending;
    private readonly Lazy<IReadOnlyList<TrialHistory>>? _sources;

    internal TrialHistory(
        SearchSpace space, ObservationTable table, int count, Lazy<IReadOnlyList<Observation>> pending, PointIndex tried, int proposals,
        ulong seed, int number, int objectives, Lazy<IReadOnlyList<TrialHistory>>? sources = null)
    {
        Space = space;
        _table = table;
        Count = count;
        _pending = pending;
        _tried = tried;
        _proposals = proposals;
        Seed = seed;
        Number = number;
        Objectives = objectives;
        _sources = sources;
    }

    /// <summary>The axes of the points.</summary>
    public SearchSpace Space { get; }

    /// <summary>The number of the trial that is to be decided about. All chance and knowledge is a function of it.</summary>
    public int Number { get; }

    /// <summary>The study's seed, for chance that all trials share, such as a scramble or a shuffle.</summary>
    public ulong Seed { get; }

    /// <summary>How many losses a completed trial has.</summary>
    public int Objectives { get; }

    /// <summary>How many finished trials there are.</summary>
    public int Count { get; }

    /// <summary>The finished trials that may be learnt from: completed, pruned and failed; in the order in which they became visible.</summary>
    public IReadOnlyList<Observation> Finished => new ArrayView<Observation>(_table.Rows(Count));

    /// <summary>The trials under way, by number; only their points are known.</summary>
    public IReadOnlyList<Observation> Pending => _pending.Value;

    /// <summary>
    /// The trials of the studies that this one was told to begin from, a history each, over the axes of this space: by name and value; NaN where
    /// the other study lacks the parameter or had a value that does not fit. Their losses are on scales of their own. Trials without any coordinate are left out.
    /// </summary>
    public IReadOnlyList<TrialHistory> Sources => _sources?.Value ?? [];

    /// <summary>The completed feasible trial of the least loss, of one objective; the earliest of equals; null if there is none.</summary>
    public Observation? Best => Objectives == 1 && _table.Best(Count) is >= 0 and var row ? Finished[row] : null;

    /// <summary>A history made by hand, for testing samplers and pruners.</summary>
    /// <param name="space">The axes of the points.</param>
    /// <param name="finished">The finished trials.</param>
    /// <param name="pending">The trials under way.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="objectives">How many losses a completed trial has.</param>
    /// <param name="sources">What is known of other studies, over the same space.</param>
    /// <exception cref="ArgumentException">A point has not one coordinate for each axis, or losses are too many or too few.</exception>
    public static TrialHistory Create(
        SearchSpace space, IEnumerable<Observation> finished, IEnumerable<Observation>? pending = null, ulong seed = 0, int objectives = 1, IEnumerable<TrialHistory>? sources = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ImmutableArray<Observation> rows = [.. finished];
        IReadOnlyList<Observation> running = [.. pending ?? []];
        Observation[] all = [.. rows, .. running];
        foreach (var observation in all)
        {
            Check(observation, space, objectives);
        }

        var tried = new PointIndex(position => CodesOf(space, all[position]));
        var next = all.Length == 0 ? 0 : all.Max(observation => observation.Number) + 1;
        var table = new ObservationTable(space.Count, objectives, row => rows[row]);
        return new TrialHistory(space, table, rows.Length, new Lazy<IReadOnlyList<Observation>>(running), tried, all.Length, seed, next, objectives, new Lazy<IReadOnlyList<TrialHistory>>([.. sources ?? []]));
    }

    /// <summary>The coordinates of the finished trials on one axis; NaN where a trial has none.</summary>
    public ReadOnlySpan<double> Coordinates(int axis) => _table.Coordinates(axis, Count);

    /// <summary>The losses of the finished trials for one objective; NaN where a trial has none.</summary>
    public ReadOnlySpan<double> Losses(int objective = 0) => _table.Losses(objective, Count);

    /// <summary>What the finished trials reported at one step, for the first objective.</summary>
    public StepReports ReportsAt(int step) => _table.ReportsAt(step, Count);

    /// <summary>Whether an earlier trial, finished or under way, was begun with the configuration at this point.</summary>
    /// <param name="point">A coordinate for each axis, in [0,1]; axes that turn out inactive may hold anything.</param>
    /// <exception cref="ArgumentException">The number of coordinates is wrong, or an active axis has none in [0,1].</exception>
    public bool HasTried(ReadOnlySpan<double> point) => HasTriedCodes(Space.Decode(point));

    /// <summary>The rows that this history is a prefix of; what samplers remember, they remember by it.</summary>
    internal ObservationTable Table => _table;

    /// <summary>Of another name than <see cref="HasTried"/>: an array is a span too, and codes are not coordinates.</summary>
    internal bool HasTriedCodes(double[] codes) => _tried.Contains(codes, _proposals);

    /// <summary>How many distinct configurations earlier trials were begun with.</summary>
    internal int CountTried() => _tried.CountDistinct(_proposals);

    private static double[] CodesOf(SearchSpace space, Observation observation)
    {
        var codes = new double[space.Count];
        for (var axis = 0; axis < codes.Length; axis++)
        {
            codes[axis] = double.IsNaN(observation.Point[axis]) ? double.NaN : space[axis].CodeAt(observation.Point[axis]);
        }

        return codes;
    }

    private static void Check(Observation observation, SearchSpace space, int objectives)
    {
        if (observation.Point.Length != space.Count || observation.Losses.Length is not 0 && observation.Losses.Length != objectives)
        {
            throw new ArgumentException(
                $"An observation must have a coordinate for each of {space.Count} axes and a loss for each of {objectives} objectives (or none), "
                + $"but trial {observation.Number} has {observation.Point.Length} and {observation.Losses.Length}. Correct it.");
        }
    }
}
