using System.Runtime.CompilerServices;

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

    /// <summary>The finest step in terms of the largest bound: three bits above a double's last, so that neighbours stay apart through all rounding.</summary>
    private const double FinestStep = 1.0 / (1L << 49);

    /// <summary>The same on a logarithmic scale, where the highest cell is the narrowest. All ints fit.</summary>
    private const double FinestLogStep = 1.0 / (1L << 32);

    /// <summary>The smallest double that has its full precision.</summary>
    private const double SmallestNormal = 2.2250738585072014E-308;

    public long? Count =>
        Low == High ? 1
        : Step is { } step ? (long)Math.Round((High - Low) / step) + 1
        : null;

    // On a range this narrow a logarithm is a straight line to eight digits, and the line has no cancellation.
    private bool IsCurved => IsLog && High / Low > 1 + 1e-8;

    private double LowEdge => Step is { } step ? Math.Max(Math.Max(Low - step / 2, Low / 2), double.Epsilon) : Low;

    private double HighEdge => Step is { } step ? Math.Min(High + step / 2, double.MaxValue) : High;

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
            CheckStep(name, low, high, width, isLog);
        }

        return new NumericScale(low, high, step, isLog);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double At(double unit)
    {
        if (unit is 0 or 1)
        {
            return unit == 0 ? Low : High;
        }

        if (Count is { } count)
        {
            return OfLevel(IsCurved ? CurvedLevelAt(unit, count) : EqualCells.At(unit, count));
        }

        var value = IsCurved ? Curve(unit)
            : double.IsFinite(High - Low) ? Low + unit * (High - Low)
            : (1 - unit) * Low + unit * High;
        return Math.Clamp(value, Low, High);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double UnitOf(double value)
    {
        if (Count is { } count && !IsCurved)
        {
            return EqualCells.Centre(LevelOf(value), count);
        }

        var (low, high) = CellOf(value);
        return low + (high - low) / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Low, double High) CellOf(double value)
    {
        if (Count is { } count)
        {
            var level = LevelOf(value);
            return IsCurved
                ? (CurvedEdge(level, count), CurvedEdge(level + 1, count))
                : (EqualCells.Edge(level, count), EqualCells.Edge(level + 1, count));
        }

        var unit = IsCurved ? CurvedUnit(value)
            : double.IsFinite(High - Low) ? (value - Low) / (High - Low)
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
        var isExact = IsWhole(Low) && IsWhole(step);
        return !isExact && IsDecimal(Low) && IsDecimal(step) && Math.Abs(value) < 1e15
            ? (double)((decimal)Low + level * (decimal)step)
            : value;
    }

    public bool TrySnap(double value, out double snapped)
    {
        snapped = value;
        if (Count is not { } count)
        {
            return value >= Low && value <= High;
        }

        snapped = OfLevel(Math.Clamp(LevelOf(value), 0, count - 1));
        return Math.Abs(snapped - value) <= Tolerance(Low, High, Step ?? 0);
    }

    public override string ToString() =>
        Invariant($"in [{Low}, {High}]") + (Step is { } step ? Invariant($" at steps of {step}") : "") + (IsLog ? ", log-scaled" : "");

    private static void CheckStep(string name, double low, double high, double step, bool isLog)
    {
        if (!(step > 0) || !double.IsFinite(step))
        {
            throw new ArgumentException(Invariant(
                $"0 < step must hold for parameter '{name}', but got step={step}. Give a positive step, or leave it out."));
        }

        var finest = double.IsFinite(high - low)
            ? Math.Max(Magnitude(low, high) * (isLog ? FinestLogStep : FinestStep), SmallestNormal)
            : double.PositiveInfinity;
        if (step < finest && low != high)
        {
            throw new ArgumentException(Invariant(
                $"A grid's values must be far enough apart for doubles to tell them: step >= {finest} must hold for parameter '{name}' ")
                + Invariant($"with low={low}, high={high}, but got step={step}. Widen the step, or leave it out."));
        }

        var steps = (high - low) / step;
        var whole = Math.Round(steps);
        var isExact = IsWhole(low) && IsWhole(high) && IsWhole(step);
        if (isExact ? (high - low) % step != 0 : Math.Abs(high - low - whole * step) > Tolerance(low, high, step))
        {
            throw new ArgumentException(Invariant(
                $"high - low must be a multiple of step for parameter '{name}', but got low={low}, high={high}, step={step}. ")
                + Invariant($"Take high={low + Math.Floor(steps) * step} or high={low + Math.Ceiling(steps) * step}."));
        }
    }

    private static double Magnitude(double low, double high) => Math.Max(Math.Abs(low), Math.Abs(high));

    // A part of the step, but never less than some roundings of the largest bound.
    private static double Tolerance(double low, double high, double step)
    {
        var magnitude = Magnitude(low, high);
        return Math.Max(GridTolerance * step, 4 * (magnitude - Math.BitDecrement(magnitude)));
    }

    // Whole numbers with which doubles calculate without rounding.
    private static bool IsWhole(double value) => double.IsInteger(value) && Math.Abs(value) <= 1L << 53;

    // A conversion to decimal keeps 15 digits: faithful to 0.1, not to a third.
    private static bool IsDecimal(double value) => Math.Abs(value) < 1e15 && (double)(decimal)value == value;

    private double Curve(double unit)
    {
        var (low, high) = (LowEdge, HighEdge);
        return double.IsFinite(high / low)
            ? low * Math.Exp(unit * Math.Log(high / low))
            : Math.Exp(Math.Log(low) + unit * (Math.Log(high) - Math.Log(low)));
    }

    private double CurvedUnit(double value)
    {
        var (low, high) = (LowEdge, HighEdge);
        return double.IsFinite(high / low)
            ? Math.Log(value / low) / Math.Log(high / low)
            : (Math.Log(value) - Math.Log(low)) / (Math.Log(high) - Math.Log(low));
    }

    private double CurvedEdge(long level, long count) =>
        level == 0 ? 0 : level == count ? 1 : CurvedUnit(Low + (level - 0.5) * Step!.Value);

    private long CurvedLevelAt(double unit, long count)
    {
        var level = Math.Clamp((long)Math.Round((Curve(unit) - Low) / Step!.Value), 0, count - 1);
        return unit < CurvedEdge(level, count) ? level - 1
            : unit >= CurvedEdge(level + 1, count) ? level + 1
            : level;
    }
}
