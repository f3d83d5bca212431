using System.Runtime.Intrinsics;
using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>The basis functions of all axes at some rows, a column for each function, and sums of products over an axis's functions.</summary>
internal sealed class FeatureTable
{
    /// <summary>How many rows are multiplied at once.</summary>
    public const int Block = 4;

    private const int Lanes = RowProducts.Lanes;

    private readonly int[] _first; // the first column of an axis
    private readonly double[] _values; // [column × row]

    /// <param name="axes">The axes.</param>
    /// <param name="points">The coordinates of each row.</param>
    public FeatureTable(IReadOnlyList<OrthonormalBasis> axes, IReadOnlyList<double[]> points)
    {
        (Axes, Count, Stride) = (axes, points.Count, CholeskyFactor.StrideFor(points.Count));
        _first = new int[axes.Count + 1];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            _first[axis + 1] = _first[axis] + axes[axis].Count;
        }

        _values = new double[_first[^1] * Stride];
        Span<double> values = new double[Math.Max(1, Columns)];
        for (var row = 0; row < Count; row++)
        {
            Evaluate(points[row], values);
            for (var column = 0; column < Columns; column++)
            {
                _values[column * Stride + row] = values[column];
            }
        }
    }

    public IReadOnlyList<OrthonormalBasis> Axes { get; }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The length of a column, zero from the count on.</summary>
    public int Stride { get; }

    /// <summary>How many functions all axes have together.</summary>
    public int Columns => _first[^1];

    /// <summary>The functions of all axes at a point.</summary>
    public void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        for (var axis = 0; axis < Axes.Count; axis++)
        {
            Axes[axis].Evaluate(point[axis], values[_first[axis]..]);
        }
    }

    /// <summary>The functions of all axes at a row.</summary>
    public void Read(int row, Span<double> values)
    {
        for (var column = 0; column < Columns; column++)
        {
            values[column] = row < Count ? _values[column * Stride + row] : 0;
        }
    }

    /// <summary>A function of an axis at all rows.</summary>
    public ReadOnlySpan<double> Column(int axis, int function) => _values.AsSpan((_first[axis] + function) * Stride, Stride);

    /// <summary>z_br = Σ_p λ_p φ_p(x_b) φ_p(x_r) over the functions of an axis, for the points b of a block and all rows r.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="spectrum">λ.</param>
    /// <param name="block">The functions of all axes at the points, as <see cref="Evaluate"/> and <see cref="Read"/> give them, one point after the other.</param>
    /// <param name="products">[Block × Stride]</param>
    public void Products(int axis, ReadOnlySpan<double> spectrum, ReadOnlySpan<double> block, Span<double> products)
    {
        var functions = spectrum.Length;
        Span<double> scaled = stackalloc double[Block * Math.Min(functions, 256)];
        scaled = functions > 256 ? new double[Block * functions] : scaled;
        for (var b = 0; b < Block; b++)
        {
            for (var p = 0; p < functions; p++)
            {
                scaled[p * Block + b] = spectrum[p] * block[b * Columns + _first[axis] + p];
            }
        }

        ref var values = ref _values[_first[axis] * Stride];
        ref var to = ref products[0];
        for (var row = 0; row < Stride; row += Lanes)
        {
            var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (var p = 0; p < functions; p++)
            {
                var value = Vector512.LoadUnsafe(ref values, (nuint)(p * Stride + row));
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(scaled[p * Block]), value, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(scaled[p * Block + 1]), value, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(scaled[p * Block + 2]), value, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(scaled[p * Block + 3]), value, s3);
            }

            s0.StoreUnsafe(ref to, (nuint)row);
            s1.StoreUnsafe(ref to, (nuint)(Stride + row));
            s2.StoreUnsafe(ref to, (nuint)(2 * Stride + row));
            s3.StoreUnsafe(ref to, (nuint)(3 * Stride + row));
        }
    }
}
