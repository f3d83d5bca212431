namespace HyperOpt.Numerics;

/// <summary>
/// Directions spread evenly over the unit simplex: the points whose coordinates are multiples of 1/p and add up to 1 (Das and Dennis 1998,
/// 10.1137/S1052623496307510), of which there are (p + m - 1 choose p).
/// </summary>
internal static class ReferenceDirections
{
    private const int FewestWithoutInnerLayer = 6; // of that many objectives, points inside the simplex need p >= 6: far too many

    /// <summary>The rows of one layer.</summary>
    /// <param name="objectives">How many coordinates.</param>
    /// <param name="divisions">p, at least 1.</param>
    public static double[] Layer(int objectives, int divisions)
    {
        var rows = new List<double>();
        var parts = new int[objectives];
        Fill(0, divisions);
        return [.. rows];

        void Fill(int at, int left)
        {
            if (at == objectives - 1)
            {
                parts[at] = left;
                rows.AddRange(parts.Select(part => (double)part / divisions));
                return;
            }

            for (var part = 0; part <= left; part++)
            {
                parts[at] = part;
                Fill(at + 1, left - part);
            }
        }
    }

    /// <summary>
    /// As many as there can be up to a number, but at least one for each objective. From six objectives on in two layers, the inner one drawn half way to the
    /// centre (Deb and Jain 2014, 10.1109/TEVC.2013.2281535).
    /// </summary>
    public static double[] UpTo(int objectives, int most)
    {
        if (objectives == 1)
        {
            return [1];
        }

        var divisions = 1;
        while (Count(objectives, divisions + 1) <= most)
        {
            divisions++;
        }

        var outer = Layer(objectives, divisions);
        var left = most - Count(objectives, divisions);
        if (objectives < FewestWithoutInnerLayer || left < objectives)
        {
            return outer;
        }

        var within = 1;
        while (Count(objectives, within + 1) <= left)
        {
            within++;
        }

        return [.. outer, .. Layer(objectives, within).Select(part => (part + 1.0 / objectives) / 2)];
    }

    private static long Count(int objectives, int divisions)
    {
        var count = 1L;
        for (var i = 1; i < objectives && count < int.MaxValue; i++)
        {
            count = count * (divisions + i) / i;
        }

        return count;
    }
}
