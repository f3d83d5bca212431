namespace HyperOpt.Numerics;

/// <summary>The volume that a growing set of loss vectors dominates below a reference point.</summary>
/// <param name="reference">The reference point.</param>
internal sealed class GrowingHypervolume(double[] reference)
{
    private readonly Staircase _stairs = new();
    private readonly List<double> _front = []; // of other than two objectives

    /// <summary>The volume.</summary>
    public double Volume { get; private set; }

    /// <summary>Adds a vector.</summary>
    public void Add(ReadOnlySpan<double> vector)
    {
        if (!Hypervolume.IsBelow(vector, reference) || double.IsInfinity(Volume))
        {
            return;
        }

        if (reference.Length != 2)
        {
            AddToFront(vector);
        }
        else if (vector.Contains(double.NegativeInfinity) || reference.Contains(double.PositiveInfinity))
        {
            Volume = double.PositiveInfinity;
        }
        else
        {
            Volume += _stairs.Add(vector[0], vector[1], reference[0], reference[1]);
        }
    }

    private void AddToFront(ReadOnlySpan<double> vector)
    {
        var rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_front);
        var (objectives, kept) = (reference.Length, 0);
        for (var begin = 0; begin < rows.Length; begin += objectives)
        {
            if (Pareto.Dominates(rows.Slice(begin, objectives), vector) || rows.Slice(begin, objectives).SequenceEqual(vector))
            {
                return; // and it dominates none of those before, which would be dominated too
            }
        }

        Volume += Hypervolume.Gain(vector, rows, reference);
        for (var begin = 0; begin < rows.Length; begin += objectives)
        {
            if (!Pareto.Dominates(vector, rows.Slice(begin, objectives)))
            {
                rows.Slice(begin, objectives).CopyTo(rows[kept..]);
                kept += objectives;
            }
        }

        _front.RemoveRange(kept, _front.Count - kept);
        _front.AddRange(vector);
    }
}
