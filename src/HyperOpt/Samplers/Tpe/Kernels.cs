using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// Kernels, each a product of one factor an axis, in the form in which they are summed: on a smooth axis the logarithm of kernel k's factor is
/// p_k - (a_k x + b_k)² with a = 1 / (σ √2), b = -μ a and p its highest value; on a finite one it is looked up by the kernel's entry.
/// Where a kernel has no coordinate its factor is the prior's, 1 on [0,1]. A factor that is placed again as it was costs nothing.
/// </summary>
internal sealed class Kernels
{
    private const double LogSqrtTwoPi = 0.918938533204672741780;
    private const double SqrtHalf = 0.707106781186547524400;

    private readonly SearchSpace _space;
    private readonly bool[] _isSmooth;
    private readonly bool _keepsTails;
    private readonly List<int> _changed = [];
    private bool[] _isChanged = [];

    public Kernels(SearchSpace space, bool keepsTails)
    {
        _space = space;
        _keepsTails = keepsTails;
        _isSmooth = [.. space.Select(CellTable.IsSmooth)];
        Entries = [.. space.Select(_ => new EntryBook())];
        Present = new int[space.Count];
    }

    public int Axes => _space.Count;

    /// <summary>The centres, [kernel × axis]; NaN where there is none.</summary>
    public double[] Mu { get; private set; } = [];

    /// <summary>The widths, [kernel × axis]; 0 where there is none.</summary>
    public double[] Width { get; private set; } = [];

    /// <summary>a and b, [kernel × axis × 2].</summary>
    public double[] Standard { get; private set; } = [];

    /// <summary>p, [kernel × axis].</summary>
    public double[] Peak { get; private set; } = [];

    /// <summary>The mass of the untruncated kernel below 0 and above 1, [kernel × axis × 2], of ordered axes; kept where draws are made.</summary>
    public double[] Tails { get; private set; } = [];

    /// <summary>The entry in the axis's book, [kernel × axis].</summary>
    public int[] Entry { get; private set; } = [];

    /// <summary>Σ p over all axes, a kernel each; kept by <see cref="SumUp"/>.</summary>
    public double[] PeakSum { get; private set; } = [];

    /// <summary>For each axis the kinds of finite factors.</summary>
    public EntryBook[] Entries { get; }

    /// <summary>How many observations have a coordinate on each axis.</summary>
    public int[] Present { get; }

    /// <summary>Makes room for so many kernels.</summary>
    public void Reserve(int count)
    {
        var before = _isChanged.Length;
        if (count <= before)
        {
            return;
        }

        var capacity = Math.Max(count, Math.Max(32, 2 * before));
        Mu = Resized(Mu, capacity * Axes);
        Width = Resized(Width, capacity * Axes);
        Standard = Resized(Standard, capacity * Axes * 2);
        Peak = Resized(Peak, capacity * Axes);
        Tails = Resized(Tails, _keepsTails ? capacity * Axes * 2 : 0);
        Entry = Resized(Entry, capacity * Axes);
        PeakSum = Resized(PeakSum, capacity);
        _isChanged = Resized(_isChanged, capacity);
        Mu.AsSpan(before * Axes).Fill(double.NaN);
    }

    /// <summary>Takes a kernel's factors away.</summary>
    public void Clear(int kernel)
    {
        var (from, length) = (kernel * Axes, Axes);
        Mu.AsSpan(from, length).Fill(double.NaN);
        Width.AsSpan(from, length).Clear();
        Standard.AsSpan(2 * from, 2 * length).Clear();
        Peak.AsSpan(from, length).Clear();
        Entry.AsSpan(from, length).Clear();
        Change(kernel);
    }

    /// <summary>Places a kernel's factor on an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Place(int kernel, int axis, double mu, double width)
    {
        var at = kernel * Axes + axis;
        if (Width[at] == width && Mu[at] == mu)
        {
            return;
        }

        (Mu[at], Width[at]) = (mu, width);
        Change(kernel);
        if (!_isSmooth[axis])
        {
            Entry[at] = Entries[axis].Of(mu, width);
        }

        if (!_isSmooth[axis] && !(_keepsTails && _space[axis].IsOrdered))
        {
            return;
        }

        // As mu lies in [0,1] and the width is at most 1, the mass inside is at least Φ(1) - Φ(0) = 0.34: nothing cancels.
        var (below, above) = (Normal.Cdf(-mu / width), Normal.Cdf((mu - 1) / width));
        if (_keepsTails)
        {
            (Tails[2 * at], Tails[2 * at + 1]) = (below, above);
        }

        if (_isSmooth[axis])
        {
            var scale = SqrtHalf / width;
            (Standard[2 * at], Standard[2 * at + 1]) = (scale, -mu * scale);
            Peak[at] = -(Math.Log(width * (1 - below - above)) + LogSqrtTwoPi);
        }
    }

    /// <summary>Adds up the axes of each kernel that has changed; always all of them in order, so that how it came about leaves no trace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumUp()
    {
        foreach (var kernel in _changed)
        {
            var sum = 0.0;
            foreach (var peak in Peak.AsSpan(kernel * Axes, Axes))
            {
                sum += peak;
            }

            PeakSum[kernel] = sum;
            _isChanged[kernel] = false;
        }

        _changed.Clear();
    }

    private void Change(int kernel)
    {
        if (!_isChanged[kernel])
        {
            _isChanged[kernel] = true;
            _changed.Add(kernel);
        }
    }

    private static T[] Resized<T>(T[] array, int length)
    {
        Array.Resize(ref array, length);
        return array;
    }
}
