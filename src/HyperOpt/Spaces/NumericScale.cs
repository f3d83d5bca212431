using static System.FormattableString;

namespace HyperOpt.Spaces;

/// <summary>
/// The map between numbers and [0,1] that float and int parameters share: a continuum or a grid, linear or logarithmic.
/// </summary>
/// <remarks>
/// On a linear grid of n values each has a cell of width 1/n, the end values too. On a logarithmic grid the value v has the cell
/// [ln(v - s/2), ln(v + s/2)], rescaled; the first cell never begins below half of the lowest value, so that it exists
/// when the step s exceeds twice that value.
/// </remarks>
internal readonly record struct NumericScale(double Low, double High, double? Step, bool IsLog)
{
    /// <summary>How near to a multiple of the step a number must be, in steps, to count as one.</summary>
    private const double GridTolerance = 1e-9;

    public long? Count =>
        Low == High ? 1
        : Step is { } step ? (long)Math.Round((High - Low) / step) + 1
        : null;

    private double LogLow => Math.Log(Step is { } step ? Math.Max(Low - step / 2, Low / 2) : Low);

    private double LogHigh => Math.Log(Step is { } step ? High + step / 2 : High);

    public static NumericScale Create(string name, double low, double high, double? step, bool isLog)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
        {
            throw new ArgumentException(Invariant(
                $"low <= high, both finite, must hold for parameter '{name}', but got low={low}, high={high}. Correct the range."));
        }

        if (isLog && low <= 0)
        {
            throw new ArgumentException(Invariant(
                $"0 < low must hold for the log-scaled parameter '{name}', but got low={low}. Raise low, or leave out Log()."));
        }

        if (step is { } width)
        {
            CheckStep(name, low, high, width);
        }

        return new NumericScale(low, high, step, isLog);
    }

    public double At(double unit)
    {
        if (Count is { } count)
        {
            return count == 1 ? Low : OfLevel(IsLog ? LevelAt(unit, count) : Math.Min((long)(unit * count), count - 1));
        }

        var value = IsLog
            ? Math.Exp(LogLow + unit * (LogHigh - LogLow))
            : (1 - unit) * Low + unit * High; // high - low may overflow
        return Math.Clamp(value, Low, High);
    }

    public double UnitOf(double value)
    {
        var (low, high) = CellOf(value);
        return low == high ? low : low + (high - low) / 2;
    }

    public (double Low, double High) CellOf(double value)
    {
        if (Count is { } count)
        {
            var level = LevelOf(value);
            return (Edge(level, count), Edge(level + 1, count));
        }

        var unit = IsLog
            ? (Math.Log(value) - LogLow) / (LogHigh - LogLow)
            : (value / 2 - Low / 2) / (High / 2 - Low / 2);
        unit = Math.Clamp(unit, 0, 1);
        return (unit, unit);
    }

    public long LevelOf(double value) => Step is { } step ? (long)Math.Round((value - Low) / step) : 0;

    /// <summary>The grid's value of that rank, free of the binary dust of repeated addition where decimals can hold it (0.3, not 0.30000000000000004).</summary>
    public double OfLevel(long level)
    {
        if (level == 0 || Step is not { } step)
        {
            return Low;
        }

        if (level == Count - 1)
        {
            return High;
        }

        var value = Low + level * step;
        return IsDecimal(Low) && IsDecimal(step) && IsDecimal(value) ? (double)((decimal)Low + level * (decimal)step) : value;
    }

    public bool TrySnap(double value, out double snapped)
    {
        snapped = value;
        if (!(value >= Low && value <= High))
        {
            return false;
        }

        if (Count is not null)
        {
            snapped = OfLevel(LevelOf(value));
            return Math.Abs(snapped - value) <= GridTolerance * Math.Max(Step ?? 0, Math.Abs(snapped));
        }

        return true;
    }

    public override string ToString() =>
        Invariant($"in [{Low}, {High}]") + (Step is { } step ? Invariant($" at steps of {step}") : "") + (IsLog ? ", log-scaled" : "");

    private static void CheckStep(string name, double low, double high, double step)
    {
        if (!(step > 0) || !double.IsFinite(step))
        {
            throw new ArgumentException(Invariant(
                $"0 < step must hold for parameter '{name}', but got step={step}. Give a positive step, or leave it out."));
        }

        var steps = (high - low) / step;
        if (steps > 1L << 53)
        {
            throw new ArgumentException(Invariant(
                $"A grid holds at most 2^53 values, but parameter '{name}' has (high - low) / step = {steps}. Widen the step, or leave it out."));
        }

        var whole = Math.Round(steps);
        if (Math.Abs(steps - whole) > GridTolerance * Math.Max(1, whole))
        {
            throw new ArgumentException(Invariant(
                $"high - low must be a multiple of step for parameter '{name}', but got low={low}, high={high}, step={step}. ")
                + Invariant($"Take high={low + Math.Floor(steps) * step} or high={low + Math.Ceiling(steps) * step}."));
        }
    }

    // Numbers for which the conversion to decimal is faithful to a double's 15 digits.
    private static bool IsDecimal(double value) => value == 0 || Math.Abs(value) is > 1e-12 and < 1e15;

    private long LevelAt(double unit, long count)
    {
        var value = Math.Exp(LogLow + unit * (LogHigh - LogLow));
        return Math.Clamp((long)Math.Round((value - Low) / Step!.Value), 0, count - 1);
    }

    private double Edge(long level, long count)
    {
        if (level == 0 || level == count)
        {
            return level == 0 ? 0 : 1;
        }

        return IsLog
            ? (Math.Log(Low + (level - 0.5) * Step!.Value) - LogLow) / (LogHigh - LogLow)
            : (double)level / count;
    }
}
