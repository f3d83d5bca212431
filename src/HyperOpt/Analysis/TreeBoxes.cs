namespace HyperOpt.Analysis;

/// <summary>
/// The function that a tree is, as boxes with values, and the variances of its marginals in closed form (Hutter, Hoos and Leyton-Brown 2014, ICML, algorithm 2): a
/// box adds its value, weighed by its volume over the other axes, to what it covers of the axis in question, so that one sweep over the boxes is enough.
/// </summary>
internal sealed class TreeBoxes
{
    private readonly TreeTable _table;
    private readonly List<Box> _boxes = [];
    private readonly double[][] _edges; // of the cells that the tree cuts an axis into

    public TreeBoxes(TreeTable table, RegressionTree tree)
    {
        _table = table;
        var open = new Stack<(int Node, Box Box)>([(0, Whole())]);
        while (open.TryPop(out var part))
        {
            var node = tree.Nodes[part.Node];
            if (node.Axis < 0)
            {
                _boxes.Add(part.Box with { Value = node.Value });
                continue;
            }

            var (left, right) = part.Box.Cut(node);
            open.Push((node.Left, left));
            open.Push((node.Left + 1, right));
        }

        _edges = [.. Enumerable.Range(0, table.Axes).Select(EdgesOf)];
        foreach (var box in _boxes)
        {
            box.Locate(_edges);
        }

        Mean = _boxes.Sum(box => box.Volume * box.Value);
        Variance = _boxes.Sum(box => box.Volume * (box.Value - Mean) * (box.Value - Mean));
    }

    /// <summary>The mean over the space.</summary>
    public double Mean { get; }

    /// <summary>The variance over the space.</summary>
    public double Variance { get; }

    /// <summary>The variance of the mean given one axis.</summary>
    public double MarginalVariance(int axis)
    {
        Span<double> sums = new double[Cells(axis) + 1];
        foreach (var box in _boxes)
        {
            var part = box.Value * box.Volume / box.Extent(axis);
            foreach (var (from, to) in box.Runs(axis))
            {
                sums[from] += part;
                sums[to] -= part;
            }
        }

        var (running, variance) = (0.0, 0.0);
        for (var cell = 0; cell < Cells(axis); cell++)
        {
            running += sums[cell];
            variance += Width(axis, cell) * (running - Mean) * (running - Mean);
        }

        return variance;
    }

    /// <summary>The variance of the mean given two axes.</summary>
    public double MarginalVariance(int one, int other)
    {
        var (rows, columns) = (Cells(one) + 1, Cells(other) + 1);
        var sums = new double[rows * columns];
        foreach (var box in _boxes)
        {
            var part = box.Value * box.Volume / (box.Extent(one) * box.Extent(other));
            foreach (var (from, to) in box.Runs(one))
            {
                foreach (var (start, end) in box.Runs(other))
                {
                    sums[from * columns + start] += part;
                    sums[from * columns + end] -= part;
                    sums[to * columns + start] -= part;
                    sums[to * columns + end] += part;
                }
            }
        }

        var variance = 0.0;
        for (var row = 0; row < rows - 1; row++)
        {
            var running = 0.0;
            for (var column = 0; column < columns - 1; column++)
            {
                running += sums[row * columns + column];
                sums[row * columns + column] = running + (row > 0 ? sums[(row - 1) * columns + column] : 0);
                var difference = sums[row * columns + column] - Mean;
                variance += Width(one, row) * Width(other, column) * difference * difference;
            }
        }

        return variance;
    }

    private int Cells(int axis) => _edges[axis].Length - 1;

    private double Width(int axis, int cell) => _edges[axis][cell + 1] - _edges[axis][cell];

    private Box Whole()
    {
        var (low, high) = (new double[_table.Axes], new double[_table.Axes]);
        high.AsSpan().Fill(1);
        var levels = new bool[_table.Axes][];
        for (var axis = 0; axis < _table.Axes; axis++)
        {
            levels[axis] = new bool[_table.LevelsOf(axis)];
            levels[axis].AsSpan().Fill(true);
        }

        return new Box(low, high, levels, 1, 0);
    }

    private double[] EdgesOf(int axis) => _table.LevelsOf(axis) is > 0 and var levels
        ? [.. Enumerable.Range(0, levels + 1).Select(level => (double)level / levels)]
        : [.. _boxes.Select(box => box.Low[axis]).Append(1).Distinct().Order()];

    private sealed record Box(double[] Low, double[] High, bool[][] Levels, double Volume, double Value)
    {
        private (int From, int To)[][] _runs = [];

        public double Extent(int axis) => Levels[axis].Length == 0 ? High[axis] - Low[axis] : (double)Levels[axis].Count(isIn => isIn) / Levels[axis].Length;

        /// <summary>Which cells of an axis it covers, as ranges whose end is not covered.</summary>
        public (int From, int To)[] Runs(int axis) => _runs[axis];

        public void Locate(double[][] edges) => _runs = [.. edges.Select((own, axis) => Levels[axis].Length == 0
            ? [(Array.BinarySearch(own, Low[axis]), Array.BinarySearch(own, High[axis]))]
            : Enumerable.Range(0, Levels[axis].Length).Where(level => Levels[axis][level]).Select(level => (level, level + 1)).ToArray())];

        public (Box Left, Box Right) Cut(TreeNode node)
        {
            var axis = node.Axis;
            if (node.LeftLevels is { } isLeft)
            {
                bool[] left = [.. Levels[axis].Select((isIn, level) => isIn && isLeft[level])];
                bool[] right = [.. Levels[axis].Select((isIn, level) => isIn && !isLeft[level])];
                return (With(left), With(right));
            }

            var share = (node.Threshold - Low[axis]) / (High[axis] - Low[axis]);
            var (high, low) = ((double[])High.Clone(), (double[])Low.Clone());
            (high[axis], low[axis]) = (node.Threshold, node.Threshold);
            return (this with { High = high, Volume = Volume * share }, this with { Low = low, Volume = Volume * (1 - share) });

            Box With(bool[] levels)
            {
                var all = (bool[][])Levels.Clone();
                all[axis] = levels;
                return this with { Levels = all, Volume = Volume * levels.Count(isIn => isIn) / Levels[axis].Count(isIn => isIn) };
            }
        }
    }
}
