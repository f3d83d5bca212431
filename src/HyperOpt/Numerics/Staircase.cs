namespace HyperOpt.Numerics;

/// <summary>Points of the plane that do not dominate one another, by x; so their y descend. Found by bisection.</summary>
internal sealed class Staircase
{
    private double[] _x = new double[8];
    private double[] _y = new double[8];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Whether a point is equal to one of them, or dominated.</summary>
    public bool Covers(double x, double y)
    {
        var at = FirstAbove(x);
        return at > 0 && _y[at - 1] <= y;
    }

    /// <summary>Adds a point, and takes out those that it dominates.</summary>
    public void Add(double x, double y) => Add(x, y, double.NaN, double.NaN);

    /// <summary>Adds a point, and takes out those that it dominates.</summary>
    /// <returns>By how much the area grows that is dominated below a reference point, which lies beyond all of them.</returns>
    public double Add(double x, double y, double rightmost, double topmost)
    {
        var gain = Gain(x, y, rightmost, topmost, out var begin, out var end);
        if (begin <= end)
        {
            Put(x, y, begin, end);
        }

        return gain;
    }

    /// <summary>By how much the area would grow.</summary>
    public double Gain(double x, double y, double rightmost, double topmost) => Gain(x, y, rightmost, topmost, out _, out _);

    // And which it dominates; begin is beyond end if it is dominated itself.
    private double Gain(double x, double y, double rightmost, double topmost, out int begin, out int end)
    {
        var above = FirstAbove(x);
        if (above > 0 && _y[above - 1] <= y)
        {
            (begin, end) = (0, -1);
            return 0;
        }

        begin = above > 0 && _x[above - 1] == x ? above - 1 : above; // of the same x, and higher
        var (left, top, gain) = (x, begin > 0 ? _y[begin - 1] : topmost, 0.0);
        for (end = begin; end < Count && _y[end] >= y; end++)
        {
            gain += (_x[end] - left) * (top - y);
            (left, top) = (_x[end], _y[end]);
        }

        return gain + ((end < Count ? _x[end] : rightmost) - left) * (top - y);
    }

    private int FirstAbove(double x)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _x[middle] <= x ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // In place of those from begin to end.
    private void Put(double x, double y, int begin, int end)
    {
        if (begin == end)
        {
            if (Count == _x.Length)
            {
                Array.Resize(ref _x, 2 * Count);
                Array.Resize(ref _y, 2 * Count);
            }

            _x.AsSpan(end, Count - end).CopyTo(_x.AsSpan(end + 1));
            _y.AsSpan(end, Count - end).CopyTo(_y.AsSpan(end + 1));
            Count++;
        }
        else if (end - begin > 1)
        {
            _x.AsSpan(end, Count - end).CopyTo(_x.AsSpan(begin + 1));
            _y.AsSpan(end, Count - end).CopyTo(_y.AsSpan(begin + 1));
            Count -= end - begin - 1;
        }

        (_x[begin], _y[begin]) = (x, y);
    }
}
