namespace HyperOpt.Analysis;

/// <summary>A node of a tree; a leaf has no children.</summary>
/// <param name="Axis">Which axis it splits; -1 for a leaf.</param>
/// <param name="Threshold">On an ordered axis: coordinates up to this go to the left.</param>
/// <param name="LeftLevels">On categories: which of them go to the left.</param>
/// <param name="Left">The left child; the right one follows it.</param>
/// <param name="Value">The mean of its trials.</param>
internal readonly record struct TreeNode(int Axis, double Threshold, bool[]? LeftLevels, int Left, double Value);

/// <summary>
/// A regression tree grown until each leaf is of one value or one trial; each split is the one that lowers the sum of squares most, of categories any two groups
/// (Breiman et al. 1984, ISBN 0412048418, sections 8.4 and 9.4: the best grouping is one of those in the order of the means).
/// </summary>
internal sealed class RegressionTree
{
    private readonly TreeTable _table;
    private readonly double[] _weights;
    private readonly double[] _values;
    private readonly int[][] _orders; // for each axis the rows, node by node in the order of the axis
    private readonly int[] _spare;
    private readonly bool[] _isLeft;
    private readonly List<TreeNode> _nodes = [];

    /// <param name="table">The rows.</param>
    /// <param name="values">A value for each row.</param>
    /// <param name="weights">How often each row counts; 0 leaves it out.</param>
    public RegressionTree(TreeTable table, double[] values, double[] weights)
    {
        (_table, _values, _weights) = (table, values, weights);
        _orders = [.. table.Orders.Select(order => order.Where(row => weights[row] > 0).ToArray())];
        (_spare, _isLeft) = (new int[values.Length], new bool[values.Length]);
        Decreases = new double[table.Axes];
        _nodes.Add(default);
        var open = new Stack<(int Node, int From, int To)>([(0, 0, _orders[0].Length)]);
        while (open.TryPop(out var part))
        {
            Grow(part.Node, part.From, part.To, open);
        }
    }

    public IReadOnlyList<TreeNode> Nodes => _nodes;

    /// <summary>For each axis by how much its splits lowered the sum of squares.</summary>
    public double[] Decreases { get; }

    /// <summary>The value of the leaf that holds a point.</summary>
    public double At(ReadOnlySpan<double> point)
    {
        var at = 0;
        while (_nodes[at] is { Axis: >= 0 } node)
        {
            at = node.Left + ((node.LeftLevels is { } levels ? levels[_table.LevelOf(node.Axis, point[node.Axis])] : point[node.Axis] <= node.Threshold) ? 0 : 1);
        }

        return _nodes[at].Value;
    }

    private void Grow(int node, int from, int to, Stack<(int Node, int From, int To)> open)
    {
        var (weight, sum, least, most) = (0.0, 0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var row in _orders[0].AsSpan(from, to - from))
        {
            weight += _weights[row];
            sum += _weights[row] * _values[row];
            (least, most) = (Math.Min(least, _values[row]), Math.Max(most, _values[row]));
        }

        var best = new Split(-1, 0, null, 0);
        for (var axis = 0; axis < _table.Axes && most > least; axis++)
        {
            var rows = _orders[axis].AsSpan(from, to - from);
            best = _table.LevelsOf(axis) is > 0 and var levels ? Grouped(axis, levels, rows, weight, sum, best) : Cut(axis, rows, weight, sum, best);
        }

        _nodes[node] = new TreeNode(best.Axis, best.Threshold, best.LeftLevels, _nodes.Count, sum / weight);
        if (best.Axis < 0)
        {
            return;
        }

        Decreases[best.Axis] += best.Gain;
        var middle = Partition(best, from, to);
        open.Push((_nodes.Count, from, middle));
        open.Push((_nodes.Count + 1, middle, to));
        _nodes.Add(default);
        _nodes.Add(default);
    }

    // The gain of a split is Σ_left²/w_left + Σ_right²/w_right - Σ²/w.
    private Split Cut(int axis, ReadOnlySpan<int> rows, double weight, double sum, Split best)
    {
        var units = _table.Units[axis];
        var (leftWeight, leftSum) = (0.0, 0.0);
        for (var i = 0; i + 1 < rows.Length; i++)
        {
            leftWeight += _weights[rows[i]];
            leftSum += _weights[rows[i]] * _values[rows[i]];
            var (here, next) = (units[rows[i]], units[rows[i + 1]]);
            var gain = leftSum * leftSum / leftWeight + (sum - leftSum) * (sum - leftSum) / (weight - leftWeight) - sum * sum / weight;
            if (next > here && gain > best.Gain)
            {
                best = new Split(axis, Math.Min(here + (next - here) / 2, Math.BitDecrement(next)), null, gain);
            }
        }

        return best;
    }

    private Split Grouped(int axis, int levels, ReadOnlySpan<int> rows, double weight, double sum, Split best)
    {
        Span<double> weights = new double[levels];
        Span<double> sums = new double[levels];
        foreach (var row in rows)
        {
            var level = _table.LevelOf(axis, _table.Units[axis][row]);
            weights[level] += _weights[row];
            sums[level] += _weights[row] * _values[row];
        }

        var present = new List<(int Level, double Weight, double Sum)>(levels);
        for (var level = 0; level < levels; level++)
        {
            if (weights[level] > 0)
            {
                present.Add((level, weights[level], sums[level]));
            }
        }

        present = [.. present.OrderBy(each => each.Sum / each.Weight).ThenBy(each => each.Level)];
        var (leftWeight, leftSum) = (0.0, 0.0);
        for (var count = 1; count < present.Count; count++)
        {
            leftWeight += present[count - 1].Weight;
            leftSum += present[count - 1].Sum;
            var gain = leftSum * leftSum / leftWeight + (sum - leftSum) * (sum - leftSum) / (weight - leftWeight) - sum * sum / weight;
            if (gain > best.Gain)
            {
                // Categories that are not here go with the larger part.
                var isLarger = leftWeight > weight - leftWeight;
                bool[] left = [.. Enumerable.Range(0, levels).Select(level => isLarger)];
                for (var i = 0; i < present.Count; i++)
                {
                    left[present[i].Level] = i < count;
                }

                best = new Split(axis, 0, left, gain);
            }
        }

        return best;
    }

    // Keeps the order of every axis within both parts.
    private int Partition(Split split, int from, int to)
    {
        var units = _table.Units[split.Axis];
        foreach (var row in _orders[0].AsSpan(from, to - from))
        {
            _isLeft[row] = split.LeftLevels is { } levels ? levels[_table.LevelOf(split.Axis, units[row])] : units[row] <= split.Threshold;
        }

        var middle = from;
        foreach (var order in _orders)
        {
            var spare = 0;
            middle = from;
            for (var i = from; i < to; i++)
            {
                var row = order[i];
                if (_isLeft[row])
                {
                    order[middle++] = row;
                }
                else
                {
                    _spare[spare++] = row;
                }
            }

            _spare.AsSpan(0, spare).CopyTo(order.AsSpan(middle));
        }

        return middle;
    }

    private readonly record struct Split(int Axis, double Threshold, bool[]? LeftLevels, double Gain);
}
