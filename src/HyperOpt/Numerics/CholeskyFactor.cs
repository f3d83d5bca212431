using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>
/// The lower triangle L of a positive definite matrix K = L Lᵀ, by blocks of sixteen; it can grow by a row at a time.
/// </summary>
/// <remarks>
/// Vectors and rows that are handed in have room for <see cref="Stride"/> numbers, zero from the count on. Blocked after Golub and Van Loan,
/// Matrix Computations, section 4.2; the inverses of the diagonal blocks are kept, so that solving is multiplying.
/// </remarks>
internal sealed partial class CholeskyFactor
{
    private const int Block = 16;

    /// <summary>What is added to the diagonal, in units of its mean, until the factorization succeeds.</summary>
    private static readonly double[] Jitters = [0, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2];

    /// <summary>A pivot below this part of the mean diagonal is rounding.</summary>
    private const double LeastPivot = 1e-13;

    private readonly double[] _rows; // zeros above the diagonal
    private readonly double[] _inverses; // of the diagonal blocks, transposed

    public CholeskyFactor(int capacity)
    {
        Stride = StrideFor(capacity);
        _rows = new double[Stride * Stride];
        _inverses = new double[Stride * Block];
    }

    /// <summary>How many rows it has.</summary>
    public int Count { get; private set; }

    /// <summary>From one row to the next, and the room that vectors must have.</summary>
    public int Stride { get; }

    /// <summary>ln det K.</summary>
    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Count; i++)
            {
                sum += Math.Log(_rows[i * Stride + i]);
            }

            return 2 * sum;
        }
    }

    /// <summary>The stride that holds some rows.</summary>
    public static int StrideFor(int rows) => (rows + Block - 1) & -Block;

    /// <summary>L_ij, for j &lt;= i.</summary>
    public double this[int i, int j] => _rows[i * Stride + j];

    /// <summary>Another factor of the first rows, with room for more.</summary>
    public CholeskyFactor Copy(int count, int capacity)
    {
        var copy = new CholeskyFactor(capacity) { Count = count };
        for (var i = 0; i < count; i++)
        {
            _rows.AsSpan(i * Stride, i + 1).CopyTo(copy._rows.AsSpan(i * copy.Stride));
        }

        // Blocks of full size are as they were; of the last, which may have lost rows, the leading part of the inverse is that of the leading part.
        _inverses.AsSpan(0, StrideFor(count) * Block).CopyTo(copy._inverses);
        copy.InvertBlock(count / Block * Block);
        return copy;
    }

    /// <summary>Factorizes a matrix of which the lower triangle is given; false if it is not positive definite even with jitter.</summary>
    /// <param name="matrix">By rows; left as it is.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="jitter">What was added to the diagonal.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFactor(RowBlock matrix, int count, out double jitter)
    {
        var mean = 0.0;
        for (var i = 0; i < count; i++)
        {
            mean += matrix.Data[matrix.Offset + i * matrix.Stride + i] / count;
        }

        Count = count;
        foreach (var part in Jitters)
        {
            jitter = part * mean;
            for (var i = 0; i < count; i++)
            {
                var row = _rows.AsSpan(i * Stride, Stride);
                matrix.Row(i, i + 1).CopyTo(row);
                row[(i + 1)..].Clear();
                row[i] += jitter;
            }

            if (Factor(LeastPivot * mean))
            {
                return true;
            }
        }

        (Count, jitter) = (0, 0);
        return false;
    }

    /// <summary>Adds a row and column to K; where rounding has eaten the pivot, a least one is put in, which is jitter on that row.</summary>
    /// <param name="row">What the new row has in common with those before it; overwritten.</param>
    /// <param name="diagonal">Its own entry.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(double[] row, double diagonal)
    {
        Forward(row);
        var at = _rows.AsSpan(Count * Stride, Stride);
        row.AsSpan(0, Count).CopyTo(at);
        var pivot = diagonal - RowProducts.Dot(at, at);
        at[Count] = Math.Sqrt(Math.Max(pivot, 1e-10 * diagonal));
        Count++;
        InvertBlock((Count - 1) / Block * Block);
    }

    /// <summary>x becomes L⁻¹x.</summary>
    public void Forward(double[] x) => ForwardRows(new RowBlock(x, 0, x.Length), 1);

    /// <summary>x becomes L⁻ᵀx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Back(Span<double> x)
    {
        Span<double> solved = stackalloc double[Block];
        for (var from = StrideFor(Count) - Block; from >= 0; from -= Block)
        {
            var part = x.Slice(from, Block);
            for (var m = 0; m < Block; m++)
            {
                solved[m] = RowProducts.Dot(_inverses.AsSpan((from + m) * Block, Block), part);
            }

            solved.CopyTo(part);
            RowProducts.SubtractRows(x, part[..Math.Min(Block, Count - from)], Rows.From(from, 0), from);
        }
    }

    /// <summary>Each row x of some becomes (L⁻¹x)ᵀ.</summary>
    /// <param name="x">The rows; zero before column <paramref name="first"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">A multiple of the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForwardRows(RowBlock x, int count, int first = 0)
    {
        for (var from = first; from < Count; from += Block)
        {
            RowProducts.SubtractProduct(x.From(0, from), x.From(0, first), count, Rows.From(from, first), Math.Min(Block, Count - from), from - first);
            for (var row = 0; row < count; row++)
            {
                MultiplyByInverse(ref x.Data[x.Offset + row * x.Stride + from], from);
            }
        }
    }

    private RowBlock Rows => new(_rows, 0, Stride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Factor(double least)
    {
        for (var from = 0; from < Count; from += Block)
        {
            var length = Math.Min(Block, Count - from);
            RowProducts.SubtractProduct(Rows.From(from, from), Rows.From(from, 0), Count - from, Rows.From(from, 0), length, from);
            if (!FactorBlock(from, length, least))
            {
                return false;
            }

            InvertBlock(from);
            for (var row = from + length; row < Count; row++)
            {
                MultiplyByInverse(ref _rows[row * Stride + from], from);
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MultiplyByInverse(ref double x, int from)
    {
        ref var inverse = ref _inverses[from * Block];
        var (low, high) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var (low1, high1) = (low, high);
        for (nint m = 0; m < 8; m += 2)
        {
            var (x0, x1) = (Vector512.Create(Unsafe.Add(ref x, m)), Vector512.Create(Unsafe.Add(ref x, m + 1)));
            low = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block)), low);
            high = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block + 8)), high);
            low1 = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block + 16)), low1);
            high1 = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block + 24)), high1);
        }

        for (nint m = 8; m < 16; m += 2)
        {
            var (x0, x1) = (Vector512.Create(Unsafe.Add(ref x, m)), Vector512.Create(Unsafe.Add(ref x, m + 1)));
            high = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block + 8)), high);
            high1 = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref inverse, (nuint)(m * Block + 24)), high1);
        }

        (low + low1).StoreUnsafe(ref x);
        (high + high1).StoreUnsafe(ref x, 8);
    }
}
