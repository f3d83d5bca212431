namespace HyperOpt.Pruners;

/// <summary>
/// How a loss stands among others: enough to tell on which side of any percentile of theirs it lies, in one pass over them, with no copy
/// and no sorting. With b of n others below the loss, and x_0 ≤ … ≤ x_(n-1) their sorted losses, x_(b-1) is the greatest below it and x_b
/// the least of the rest; a percentile between any other two neighbours is on one side as a whole.
/// </summary>
internal struct Standing(double loss)
{
    private double _nextBetter = double.NegativeInfinity; // x_(b-1)
    private double _nextWorse = double.PositiveInfinity; // x_b
    /// <summary>How many others were better.</summary>
    public int Better { get; private set; } // b

    /// <summary>How many others were met; NaN is none.</summary>
    public int Others { get; private set; } // n

    /// <summary>Meets one other; NaN is passed over.</summary>
    public void Meet(double other)
    {
        if (other < loss)
        {
            Others++;
            Better++;
            _nextBetter = Math.Max(_nextBetter, other);
        }
        else if (other >= loss)
        {
            Others++;
            _nextWorse = Math.Min(_nextWorse, other);
        }
    }

    /// <summary>
    /// Whether the loss is above the percentile: x at the rank r = (n-1)·percentile/100, interpolated linearly (type 7 of Hyndman and Fan
    /// 1996, 10.1080/00031305.1996.10473566; the default of NumPy). False among no others.
    /// </summary>
    /// <param name="percentile">In [0,100].</param>
    public readonly bool IsAbove(double percentile)
    {
        if (Others == 0)
        {
            return false;
        }

        var rank = percentile * (Others - 1) / 100; // in this order a whole rank is met exactly
        var below = (int)rank;
        var weight = rank - below;
        if (below >= Better)
        {
            return false;
        }

        return below < Better - 1 || weight == 0 || loss > Interpolate(_nextBetter, _nextWorse, weight);
    }

    // Of the two forms the one that is exact at the nearer end, so that negated losses give the negated percentile.
    // Between a number and an infinity lies that infinity; between both infinities nothing: NaN, which no loss is above.
    private static double Interpolate(double from, double to, double weight) =>
        double.IsInfinity(from) || double.IsInfinity(to) ? from + to
        : weight < 0.5 ? from + (to - from) * weight
        : to - (to - from) * (1 - weight);
}
