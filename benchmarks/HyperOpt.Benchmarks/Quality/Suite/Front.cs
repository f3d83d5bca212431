namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>The volume that a whole front dominates, by sums over a fine grid of its formula.</summary>
internal static class Front
{
    private const int Steps = 1_000_000;
    private const int Cells = 1_000;

    /// <summary>Two losses: the area above the lowest second loss up to each first one.</summary>
    public static double Area(Func<double, double> second, double low, double high, double[] reference)
    {
        var (sum, least) = (0.0, Math.Min(reference[1], second(low)));
        var step = (high - low) / Steps;
        for (var i = 0; i < Steps; i++)
        {
            var next = Math.Min(least, second(low + (i + 1) * step));
            sum += (reference[1] - (least + next) / 2) * step;
            least = next;
        }

        return sum + (reference[1] - least) * (reference[0] - high);
    }

    /// <summary>Three losses, the first two anywhere in the unit square, the third additive in them.</summary>
    public static double Volume(Func<double, double, double> third, double[] reference)
    {
        var above = new double[Cells + 1]; // the lowest third loss at first losses up to this row, by the second
        Array.Fill(above, reference[2]);
        var sum = 0.0;
        for (var i = 0; i <= Cells; i++)
        {
            var least = reference[2];
            for (var k = 0; k <= Cells; k++)
            {
                least = Math.Min(least, third((double)i / Cells, (double)k / Cells));
                above[k] = Math.Min(above[k], least);
                sum += (reference[2] - above[k]) * Width(i, reference[0]) * Width(k, reference[1]);
            }
        }

        return sum;
    }

    // Half a cell at the ends; the last reaches to the reference.
    private static double Width(int cell, double reference) => cell switch
    {
        0 => 0.5 / Cells,
        Cells => 0.5 / Cells + reference - 1,
        _ => 1.0 / Cells,
    };
}
