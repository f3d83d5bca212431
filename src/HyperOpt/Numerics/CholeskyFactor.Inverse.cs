namespace HyperOpt.Numerics;

/// <content>The inverse of the matrix.</content>
internal sealed partial class CholeskyFactor
{
    /// <summary>Takes K⁻¹ from the lower triangle of a matrix; above it, up to the end of its block, numbers of no meaning are left.</summary>
    /// <param name="matrix">Of at least <see cref="Stride"/> columns.</param>
    /// <param name="scratch">As large.</param>
    public void SubtractInverse(RowBlock matrix, RowBlock scratch)
    {
        for (var from = 0; from < Count; from += Block)
        {
            InvertRows(scratch.From(from, 0), from);
        }

        for (var from = 0; from < Count; from += Block)
        {
            RowProducts.SubtractProduct(matrix.From(from, 0), scratch.From(from, from), LengthAt(from), scratch.From(0, from), from + LengthAt(from), Stride - from);
        }
    }

    /// <summary>The diagonal of K⁻¹.</summary>
    public double[] InverseDiagonal()
    {
        var diagonal = new double[Count];
        var rows = new RowBlock(new double[Block * Stride], 0, Stride);
        for (var from = 0; from < Count; from += Block)
        {
            InvertRows(rows, from);
            for (var i = 0; i < LengthAt(from); i++)
            {
                var row = rows.Row(i, Stride)[from..];
                diagonal[from + i] = RowProducts.Dot(row, row);
            }
        }

        return diagonal;
    }

    private int LengthAt(int from) => Math.Min(Block, Count - from);

    // The rows of (L⁻¹)ᵀ that begin a block.
    private void InvertRows(RowBlock rows, int from)
    {
        for (var i = 0; i < LengthAt(from); i++)
        {
            rows.Row(i, Stride).Clear();
            rows.Row(i, Stride)[from + i] = 1;
        }

        ForwardRows(rows, LengthAt(from), from);
    }
}
