namespace HyperOpt.Numerics;

/// <summary>Part of a matrix that is stored by rows.</summary>
/// <param name="Data">The numbers.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Stride">From one row to the next.</param>
internal readonly record struct RowBlock(double[] Data, int Offset, int Stride)
{
    /// <summary>The part that begins at a row and a column of this one.</summary>
    public RowBlock From(int row, int column) => this with { Offset = Offset + row * Stride + column };

    /// <summary>The beginning of a row.</summary>
    public Span<double> Row(int row, int length) => Data.AsSpan(Offset + row * Stride, length);
}
