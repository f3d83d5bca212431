namespace HyperOpt.Numerics;

/// <summary>What each vector of a front dominates alone: by how much the volume shrinks without it.</summary>
internal static class HypervolumeContributions
{
    /// <summary>The contribution of each row. Equal rows contribute nothing, nor do those that are not below the reference point in each objective.</summary>
    /// <param name="rows">Finite loss vectors of which none dominates another.</param>
    /// <param name="reference">A finite reference point.</param>
    public static double[] Of(double[] rows, ReadOnlySpan<double> reference) => reference.Length switch
    {
        2 => Plane(rows, reference),
        3 => Space(rows, reference),
        _ => Many(rows, reference),
    };

    private static double[] Plane(double[] rows, ReadOnlySpan<double> reference)
    {
        var order = Pareto.Order(rows, 2);
        var alone = new double[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var right = i + 1 < order.Length ? Math.Min(rows[2 * order[i + 1]], reference[0]) : reference[0];
            var top = i > 0 ? Math.Min(rows[2 * order[i - 1] + 1], reference[1]) : reference[1];
            alone[order[i]] = Math.Max(0, right - rows[2 * order[i]]) * Math.Max(0, top - rows[2 * order[i] + 1]);
        }

        return alone;
    }

    private static double[] Space(double[] rows, ReadOnlySpan<double> reference)
    {
        var count = rows.Length / 3;
        var (keys, order) = (new double[count], new int[count]);
        for (var row = 0; row < count; row++)
        {
            (keys[row], order[row]) = (rows[3 * row + 2], row);
        }

        Array.Sort(keys, order);
        var (x, y) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (x[i], y[i]) = (rows[3 * order[i]], rows[3 * order[i] + 1]);
        }

        var (alone, stairs) = (new double[count], new Staircase());
        for (var i = 0; i < count; i++)
        {
            alone[order[i]] = Alone(i, x, y, keys, reference, stairs);
        }

        return alone;
    }

    // A plane rises along z, from the vector's own height. Its box in the plane shrinks by each vector that the plane passes.
    private static double Alone(int at, double[] x, double[] y, double[] z, ReadOnlySpan<double> reference, Staircase stairs)
    {
        var (left, low, right, high) = (x[at], y[at], reference[0], reference[1]);
        if (!(left < right && low < high && z[at] < reference[2]))
        {
            return 0;
        }

        var (volume, height, area) = (0.0, z[at], (right - left) * (high - low));
        stairs.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            if (i == at || x[i] >= right || y[i] >= high)
            {
                continue;
            }

            if (z[i] > height)
            {
                volume += area * (Math.Min(z[i], reference[2]) - height);
                height = Math.Min(z[i], reference[2]);
            }

            if (x[i] <= left && y[i] <= low)
            {
                return volume;
            }

            if (y[i] <= low)
            {
                right = x[i];
            }
            else if (x[i] <= left)
            {
                high = y[i];
            }

            area -= stairs.Add(Math.Max(x[i], left), Math.Max(y[i], low), reference[0], reference[1]);
        }

        return volume + Math.Max(0, area) * (reference[2] - height);
    }

    private static double[] Many(double[] rows, ReadOnlySpan<double> reference)
    {
        var objectives = reference.Length;
        var alone = new double[rows.Length / objectives];
        var others = new double[rows.Length - objectives];
        for (var row = 0; row < alone.Length; row++)
        {
            var begin = row * objectives;
            rows.AsSpan(0, begin).CopyTo(others);
            rows.AsSpan(begin + objectives).CopyTo(others.AsSpan(begin));
            alone[row] = Hypervolume.Gain(rows.AsSpan(begin, objectives), others, reference);
        }

        return alone;
    }
}
