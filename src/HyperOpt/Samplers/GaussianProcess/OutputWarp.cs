namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// What the model sees of a value y: z = (g(y) - mean) / spread. Linear: g(y) = y. One-sided: g(y) = y - m up to the median m, s asinh((y - m) / s) above it,
/// where s is half the way from the best to the median. So the good half stays as it is, and how bad the bad ones are weighs little.
/// </summary>
internal sealed class OutputWarp
{
    private readonly bool _isOneSided;
    private readonly double _unit; // numbers near the largest double are scaled down first
    private readonly double _median;
    private readonly double _bend;
    private readonly double _mean;
    private readonly double _spread;

    private OutputWarp(double unit, bool isOneSided, double median, double bend, double mean, double spread)
    {
        (_unit, _isOneSided, _median, _bend, _mean, _spread) = (unit, isOneSided, median, bend, mean, spread);
    }

    /// <summary>Whether the bad side is compressed.</summary>
    public bool IsOneSided => _isOneSided;

    /// <summary>One that standardises values, and no more.</summary>
    public static OutputWarp Linear(ReadOnlySpan<double> values) => Standardise(values, false, 0, 1);

    /// <summary>One that compresses the bad side; linear where there is too little to go by.</summary>
    public static OutputWarp OneSided(ReadOnlySpan<double> values)
    {
        var unit = UnitOf(values);
        double[] sorted = [.. values];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] /= unit;
        }

        Array.Sort(sorted);
        if (sorted.Length < 4)
        {
            return Linear(values);
        }

        var median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        var bend = 0.5 * (median - sorted[0]);
        return bend > 1e-12 * (sorted[^1] - sorted[0]) ? Standardise(values, true, median, bend) : Linear(values);
    }

    /// <summary>One that keeps the sign: for constraints, of which 0 is the limit.</summary>
    public static OutputWarp Signed(ReadOnlySpan<double> values)
    {
        var (unit, sum) = (UnitOf(values), 0.0);
        foreach (var value in values)
        {
            sum += value / unit * (value / unit) / values.Length;
        }

        return new OutputWarp(unit, false, 0, 1, 0, sum > 0 ? Math.Sqrt(sum) : 1);
    }

    /// <summary>z of a finite value.</summary>
    public double Of(double value) => (Bent(value / _unit) - _mean) / _spread;

    /// <summary>The value of a z.</summary>
    public double ValueOf(double z)
    {
        var bent = z * _spread + _mean;
        var value = !_isOneSided ? bent : bent <= 0 ? bent + _median : _median + _bend * Math.Sinh(bent / _bend);
        return value * _unit;
    }

    /// <summary>ln dz/dy at a value, up to what is common to all warps of the same values.</summary>
    public double LogSlope(double value)
    {
        var beyond = _isOneSided ? Math.Max(0, (value / _unit - _median) / _bend) : 0;
        return -0.5 * Math.Log(1 + beyond * beyond) - Math.Log(_spread);
    }

    /// <summary>How long an interval of values beginning at one is in z.</summary>
    public double Length(double value, double length) => Of(value + 0.5 * length) - Of(value - 0.5 * length);

    private static OutputWarp Standardise(ReadOnlySpan<double> values, bool isOneSided, double median, double bend)
    {
        var raw = new OutputWarp(UnitOf(values), isOneSided, median, bend, 0, 1);
        var (mean, square) = (0.0, 0.0);
        foreach (var value in values)
        {
            mean += raw.Of(value) / values.Length;
        }

        foreach (var value in values)
        {
            square += (raw.Of(value) - mean) * (raw.Of(value) - mean) / values.Length;
        }

        var spread = Math.Sqrt(square);
        return new OutputWarp(raw._unit, isOneSided, median, bend, mean, spread > 1e-14 * Math.Abs(mean) && spread > 0 ? spread : 1);
    }

    private static double UnitOf(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest is > 1e100 or (< 1e-100 and > 0) ? largest : 1;
    }

    private double Bent(double value) =>
        _isOneSided ? value <= _median ? value - _median : _bend * Math.Asinh((value - _median) / _bend) : value;
}
