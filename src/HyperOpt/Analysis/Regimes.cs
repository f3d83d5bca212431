using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>
/// The cases that a conditional space falls into: a value for each finite axis that decides whether others are active. By declared conditions; of an axis without one that
/// some trials lack, by the finite axis each of whose values goes with it always or never, if there is such an axis.
/// </summary>
internal sealed class Regimes
{
    private const int Most = 256;

    private readonly SearchSpace _space;
    private readonly int[] _axes;
    private readonly double[] _known; // the codes of axes on which no trials differ
    private readonly (int Parent, HashSet<double> Codes)?[] _inferred;
    private readonly bool[][] _active;

    /// <param name="data">The trials.</param>
    /// <param name="axes">The axes in question; all positions below are among them.</param>
    public Regimes(ImportanceData data, int[] axes)
    {
        (_space, _axes) = (data.Space, axes);
        _inferred = [.. axes.Select(axis => data.Space[axis].Conditions.IsEmpty && !data.IsComplete([axis]) ? Infer(data, axis) : null)];
        _known = [.. Enumerable.Range(0, _space.Count).Select(axis => axes.Contains(axis) ? double.NaN : Only(data, axis))];
        var parents = axes.SelectMany(axis => _space.Conditions.ParentsOf(axis)).Concat(_inferred.Where(rule => rule is not null).Select(rule => rule!.Value.Parent)).ToHashSet();
        var deciding = new List<int>();
        Count = 1;
        for (var at = 0; at < axes.Length; at++)
        {
            if (parents.Contains(axes[at]) && _space[axes[at]].Cardinality is { } levels && levels * Count <= Most)
            {
                deciding.Add(at);
                Count *= (int)levels;
            }
        }

        Deciding = [.. deciding];
        Levels = [.. deciding.Select(at => (int)_space[axes[at]].Cardinality!.Value)];
        _active = [.. Enumerable.Range(0, Count).Select(ActiveIn)];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>How many pairs of them there are that differ in one axis or none.</summary>
    public int Comparisons => Count + Levels.Sum(levels => Count * (levels - 1) / 2);

    /// <summary>The axes that decide.</summary>
    public int[] Deciding { get; }

    /// <summary>How many values each of them has.</summary>
    public int[] Levels { get; }

    /// <summary>The coordinate of a value of an axis that decides.</summary>
    public double UnitOf(int place, int level)
    {
        var parameter = _space[_axes[Deciding[place]]];
        return parameter.UnitOf(parameter.CodeOfLevel(level));
    }

    /// <summary>Which share of its axis a value is.</summary>
    public double Width(int place, int level)
    {
        var parameter = _space[_axes[Deciding[place]]];
        var (low, high) = parameter.CellOf(parameter.CodeOfLevel(level));
        return high - low;
    }

    /// <summary>Which value a deciding axis has in a regime.</summary>
    public int LevelOf(int regime, int place)
    {
        for (var before = 0; before < place; before++)
        {
            regime /= Levels[before];
        }

        return regime % Levels[place];
    }

    /// <summary>The regime in which one axis has another value.</summary>
    public int With(int regime, int place, int level)
    {
        var step = 1;
        for (var before = 0; before < place; before++)
        {
            step *= Levels[before];
        }

        return regime + (level - LevelOf(regime, place)) * step;
    }

    /// <summary>Which share of the space a regime is.</summary>
    public double Share(int regime)
    {
        var share = 1.0;
        for (var place = 0; place < Deciding.Length; place++)
        {
            share *= Width(place, LevelOf(regime, place));
        }

        return share;
    }

    /// <summary>Whether each axis is active.</summary>
    public bool[] Active(int regime) => _active[regime];

    private bool[] ActiveIn(int regime)
    {
        var codes = (double[])_known.Clone();
        var active = new bool[_space.Count];
        foreach (var axis in _space.Conditions.Order)
        {
            var place = Array.FindIndex(Deciding, at => _axes[at] == axis);
            codes[axis] = place >= 0 ? _space[axis].CodeOfLevel(LevelOf(regime, place)) : codes[axis];

            // A parent that varies and decides nothing, because there are too many cases, leaves its children active.
            active[axis] = _space.Conditions.IsActive(axis, codes)
                || _space.Conditions.ParentsOf(axis).Any(parent => _axes.Contains(parent) && !Deciding.Any(at => _axes[at] == parent));
            codes[axis] = active[axis] ? codes[axis] : double.NaN;
        }

        return [.. _axes.Select((axis, at) => active[axis]
            && (_inferred[at] is not { } rule || !Deciding.Any(deciding => _axes[deciding] == rule.Parent) || rule.Codes.Contains(codes[rule.Parent])))];
    }

    private static double Only(ImportanceData data, int axis)
    {
        var unit = data.Points.Select(point => point[axis]).FirstOrDefault(unit => !double.IsNaN(unit), double.NaN);
        return double.IsNaN(unit) ? double.NaN : data.Space[axis].CodeAt(unit);
    }

    private static (int Parent, HashSet<double> Codes)? Infer(ImportanceData data, int axis)
    {
        foreach (var parent in data.Varied.Where(parent => parent != axis && data.Space[parent].Cardinality is <= Most && data.IsComplete([parent])))
        {
            var groups = data.Points.GroupBy(point => data.Space[parent].CodeAt(point[parent]), point => !double.IsNaN(point[axis])).ToArray();
            if (groups.All(group => group.Distinct().Count() == 1))
            {
                return (parent, [.. groups.Where(group => group.First()).Select(group => group.Key)]);
            }
        }

        return null;
    }
}
