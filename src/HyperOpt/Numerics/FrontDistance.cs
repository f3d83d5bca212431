namespace HyperOpt.Numerics;

/// <summary>How far a set of loss vectors is from a front that it should have reached.</summary>
internal static class FrontDistance
{
    /// <summary>
    /// IGD+: the mean over the front's vectors of the distance to the nearest of the set, of which only the objectives count that are worse there (Ishibuchi et
    /// al. 2015, 10.1007/978-3-319-15892-1_8). At least 0; a set that dominates another has no greater one.
    /// </summary>
    public static double Inverted(double[] rows, double[] front, int objectives)
    {
        var sum = 0.0;
        for (var target = 0; target < front.Length; target += objectives)
        {
            var least = double.PositiveInfinity;
            for (var row = 0; row < rows.Length; row += objectives)
            {
                var square = 0.0;
                for (var i = 0; i < objectives; i++)
                {
                    var excess = rows[row + i] > front[target + i] ? rows[row + i] - front[target + i] : 0;
                    square += excess * excess;
                }

                least = Math.Min(least, square);
            }

            sum += Math.Sqrt(least);
        }

        return sum / (front.Length / objectives);
    }

    /// <summary>
    /// The additive epsilon: the least number by which all losses of the set must shrink for each of the front's vectors to be equalled or dominated (Zitzler et
    /// al. 2003, 10.1109/TEVC.2003.810758). Negative where the set is better everywhere.
    /// </summary>
    public static double Epsilon(double[] rows, double[] front, int objectives)
    {
        var most = double.NegativeInfinity;
        for (var target = 0; target < front.Length; target += objectives)
        {
            var least = double.PositiveInfinity;
            for (var row = 0; row < rows.Length; row += objectives)
            {
                var worst = double.NegativeInfinity;
                for (var i = 0; i < objectives; i++)
                {
                    var (mine, theirs) = (rows[row + i], front[target + i]);
                    worst = Math.Max(worst, mine == theirs ? 0 : mine - theirs);
                }

                least = Math.Min(least, worst);
            }

            most = Math.Max(most, least);
        }

        return most;
    }
}
