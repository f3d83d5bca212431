using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <content>The diagonal blocks: their factors and inverses, whole rows at a time.</content>
internal sealed partial class CholeskyFactor
{
    // On the transpose, where what a column takes from the others is rows: each number is made of the same products in the same order as row by row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FactorBlock(int from, int length, double least)
    {
        Span<double> upper = stackalloc double[Block * Block];
        upper.Clear();
        for (var i = 0; i < length; i++)
        {
            var row = _rows.AsSpan((from + i) * Stride + from, Block);
            for (var j = 0; j <= i; j++)
            {
                upper[j * Block + i] = row[j];
            }
        }

        for (var j = 0; j < length; j++)
        {
            var row = upper.Slice(j * Block, Block);
            var pivot = row[j];
            if (!(pivot > least) || double.IsInfinity(pivot))
            {
                return false;
            }

            var root = Vector512.Create(Math.Sqrt(pivot));
            var (low, high) = (Vector512.Create<double>(row) / root, Vector512.Create<double>(row[8..]) / root);
            low.CopyTo(row);
            high.CopyTo(row[8..]);
            row[j] = root[0];
            for (var i = j + 1; i < length; i++)
            {
                var factor = Vector512.Create(row[i]);
                var other = upper.Slice(i * Block, Block);
                if (i < 8)
                {
                    (Vector512.Create<double>(other) - factor * low).CopyTo(other);
                }

                (Vector512.Create<double>(other[8..]) - factor * high).CopyTo(other[8..]);
            }
        }

        for (var i = 0; i < length; i++)
        {
            var row = _rows.AsSpan((from + i) * Stride + from, Stride - from);
            for (var j = 0; j <= i; j++)
            {
                row[j] = upper[j * Block + i];
            }

            row[(i + 1)..].Clear();
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InvertBlock(int from)
    {
        var length = Math.Min(Block, Count - from);
        if (length <= 0)
        {
            return;
        }

        Span<double> rows = stackalloc double[Block * Block]; // of the inverse
        rows.Clear();
        for (var j = 0; j < length; j++)
        {
            var row = _rows.AsSpan((from + j) * Stride + from, Block);
            var (low, high) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var k = 0; k < j; k++)
            {
                var factor = Vector512.Create(row[k]);
                low -= factor * Vector512.Create<double>(rows.Slice(k * Block, 8));
                high -= factor * Vector512.Create<double>(rows.Slice(k * Block + 8, 8));
            }

            var pivot = Vector512.Create(row[j]);
            (low / pivot).CopyTo(rows.Slice(j * Block, 8));
            (high / pivot).CopyTo(rows.Slice(j * Block + 8, 8));
            rows[j * Block + j] = 1 / row[j];
        }

        var inverse = _inverses.AsSpan(from * Block, Block * Block);
        for (var m = 0; m < Block; m++)
        {
            for (var j = 0; j < Block; j++)
            {
                inverse[m * Block + j] = rows[j * Block + m];
            }
        }
    }
}
