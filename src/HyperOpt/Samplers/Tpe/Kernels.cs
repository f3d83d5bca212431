using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// Kernels, each a product of one factor an axis, in the form in which they are summed: on a smooth axis the logarithm of kernel k's factor is
/// x (v_k - u_k x) - c_k with u = 1 / (2σ²), v = μ / σ², c = μ² / (2σ²) + ln(norm √(2π)); on a finite one it is looked up by the kernel's entry.
/// Where a kernel has no coordinate its factor is the prior's, 1 on [0,1]. A factor that is placed again as it was costs nothing.
/// </summary>
internal sealed class Kernels
{
    private const double LogSqrtTwoPi = 0.918938533204672741780;

    private readonly SearchSpace _space;
    private readonly bool[] _isSmooth;
    private bool[] _isDirty = [];

    public Kernels(SearchSpace space)
    {
        _space = space;
        _isSmooth = [.. space.Select(CellTable.IsSmooth)];
        Entries = [.. space.Select(_ => new EntryBook())];
        Present = new int[space.Count];
    }

    public int Count { get; private set; }

    public int Axes => _space.Count;

    /// <summary>The centres, [kernel × axis]; NaN where there is none.</summary>
    public double[] Mu { get; private set; } = [];

    /// <summary>The widths, [kernel × axis]; 0 where there is none.</summary>
    public double[] Width { get; private set; } = [];

    /// <summary>-u and v, [kernel × axis × 2].</summary>
    public double[] Quadratic { get; private set; } = [];

    /// <summary>c, [kernel × axis].</summary>
    public double[] Offset { get; private set; } = [];

    /// <summary>The logarithm of the factor's highest value, [kernel × axis].</summary>
    public double[] Peak { get; private set; } = [];

    /// <summary>The entry in the axis's book, [kernel × axis].</summary>
    public int[] Entry { get; private set; } = [];

    /// <summary>-Σ c over all axes, a kernel each; kept by <see cref="SumUp"/>.</summary>
    public double[] Constant { get; private set; } = [];

    /// <summary>Σ peaks over all axes, a kernel each; kept by <see cref="SumUp"/>.</summary>
    public double[] PeakSum { get; private set; } = [];

    /// <summary>For each axis the kinds of finite factors.</summary>
    public EntryBook[] Entries { get; }

    /// <summary>How many observations have a coordinate on each axis.</summary>
    public int[] Present { get; }

    public void Grow(int count)
    {
        if (count > _isDirty.Length)
        {
            var capacity = Math.Max(count, 2 * _isDirty.Length);
            Mu = Resized(Mu, capacity * Axes);
            Width = Resized(Width, capacity * Axes);
            Quadratic = Resized(Quadratic, capacity * Axes * 2);
            Offset = Resized(Offset, capacity * Axes);
            Peak = Resized(Peak, capacity * Axes);
            Entry = Resized(Entry, capacity * Axes);
            Constant = Resized(Constant, capacity);
            PeakSum = Resized(PeakSum, capacity);
            _isDirty = Resized(_isDirty, capacity);
        }

        Mu.AsSpan(Count * Axes, (count - Count) * Axes).Fill(double.NaN);
        Count = count;
    }

    /// <summary>Places a kernel's factor on an axis.</summary>
    public void Place(int kernel, int axis, double mu, double width)
    {
        var at = kernel * Axes + axis;
        if (Width[at] == width && Mu[at] == mu)
        {
            return;
        }

        (Mu[at], Width[at]) = (mu, width);
        _isDirty[kernel] = true;
        if (!_isSmooth[axis])
        {
            Entry[at] = Entries[axis].Of(mu, width);
            return;
        }

        var precision = 1 / (width * width);
        var logNorm = Math.Log(Bandwidth.Norm(mu, width)) + LogSqrtTwoPi;
        Quadratic[2 * at] = -0.5 * precision;
        Quadratic[2 * at + 1] = mu * precision;
        Offset[at] = 0.5 * mu * mu * precision + logNorm;
        Peak[at] = -logNorm;
    }

    /// <summary>Adds up the axes of each kernel that has changed; always all of them in order, so that how it came about leaves no trace.</summary>
    public void SumUp()
    {
        for (var kernel = 0; kernel < Count; kernel++)
        {
            if (_isDirty[kernel])
            {
                _isDirty[kernel] = false;
                Constant[kernel] = -Sum(Offset.AsSpan(kernel * Axes, Axes));
                PeakSum[kernel] = Sum(Peak.AsSpan(kernel * Axes, Axes));
            }
        }
    }

    private static double Sum(ReadOnlySpan<double> terms)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += term;
        }

        return sum;
    }

    private static T[] Resized<T>(T[] array, int length)
    {
        Array.Resize(ref array, length);
        return array;
    }
}
