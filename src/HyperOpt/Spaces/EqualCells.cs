namespace HyperOpt.Spaces;

/// <summary>[0,1] cut into n cells of equal width: rank k has [k/n, (k+1)/n), and the last cell has 1 as well.</summary>
internal static class EqualCells
{
    /// <summary>The rank of the cell in which a coordinate lies.</summary>
    public static long At(double unit, long count)
    {
        // The product may round across an edge. The edge decides, so that every coordinate lies in the cell of its value.
        var rank = Math.Min((long)(unit * count), count - 1);
        return unit < Edge(rank, count) ? rank - 1
            : rank + 1 < count && unit >= Edge(rank + 1, count) ? rank + 1
            : rank;
    }

    /// <summary>The lower edge of a cell; the upper one is that of the next rank.</summary>
    public static double Edge(double rank, long count) => rank / count;

    /// <summary>The centre of a cell.</summary>
    public static double Centre(double rank, long count) => (rank + 0.5) / count;
}
