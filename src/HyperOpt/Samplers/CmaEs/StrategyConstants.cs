namespace HyperOpt.Samplers.CmaEs;

/// <summary>The strategy's parameters as functions of dimensions and population: Hansen 2016, arXiv:1604.00772, table 1; numbers of equations are of it.</summary>
internal sealed class StrategyConstants
{
    /// <param name="dimensions">Dimensions of the normal distribution; 0 if there is none.</param>
    /// <param name="population">Trials for an update.</param>
    /// <param name="isDiagonal">Whether only variances are learnt: faster by (d + 2) / 3, Ros and Hansen 2008, 10.1007/978-3-540-87700-4_30.</param>
    public StrategyConstants(int dimensions, int population, bool isDiagonal)
    {
        double d = Math.Max(1, dimensions);
        Population = population;
        Weights = new double[population];
        for (var i = 0; i < population; i++)
        {
            Weights[i] = Math.Log((population + 1) / 2.0) - Math.Log(i + 1); // eq. 49
        }

        Parents = population / 2;
        var parents = Weights.AsSpan(0, Parents);
        var rest = Weights.AsSpan(Parents);
        ParentsMass = MassOf(parents);
        var restMass = MassOf(rest);
        var speed = isDiagonal ? (d + 2) / 3 : 1;
        RankOne = Math.Min(1, speed * 2 / ((d + 1.3) * (d + 1.3) + ParentsMass)); // eq. 57
        RankMany = Math.Min(1 - RankOne, speed * 2 * (ParentsMass - 2 + 1 / ParentsMass) / ((d + 2) * (d + 2) + ParentsMass)); // eq. 58
        var least = RankMany <= 0 ? 0 : Math.Min(
            1 + RankOne / RankMany, // eq. 50
            Math.Min(1 + 2 * restMass / (ParentsMass + 2), (1 - RankOne - RankMany) / (d * RankMany))); // eq. 51, 52
        Scale(parents, 1);
        Scale(rest, least); // eq. 53
        PathRate = (ParentsMass + 2) / (d + ParentsMass + 5); // eq. 55
        Damping = 1 + 2 * Math.Max(0, Math.Sqrt((ParentsMass - 1) / (d + 1)) - 1) + PathRate;
        ShapePathRate = (4 + ParentsMass / d) / (d + 4 + 2 * ParentsMass / d); // eq. 56
        ExpectedLength = Math.Sqrt(d) * (1 - 1 / (4 * d) + 1 / (21 * d * d));
        LongestStep = Math.Sqrt(d) + 2 * d / (d + 2);
        DecompositionGap = Math.Max(1, (int)(0.5 / (d * (RankOne + RankMany))));
    }

    /// <summary>λ.</summary>
    public int Population { get; }

    /// <summary>μ, the better half.</summary>
    public int Parents { get; }

    /// <summary>w by rank: the parents' add up to 1, the others are negative.</summary>
    public double[] Weights { get; }

    /// <summary>μ_eff.</summary>
    public double ParentsMass { get; }

    /// <summary>c_1.</summary>
    public double RankOne { get; }

    /// <summary>c_μ.</summary>
    public double RankMany { get; }

    /// <summary>c_σ.</summary>
    public double PathRate { get; }

    /// <summary>d_σ.</summary>
    public double Damping { get; }

    /// <summary>c_c.</summary>
    public double ShapePathRate { get; }

    /// <summary>E‖N(0, I)‖.</summary>
    public double ExpectedLength { get; }

    /// <summary>How long a step may be in units of the distribution: longer ones are shortened. Hansen 2011, arXiv:1110.4181.</summary>
    public double LongestStep { get; }

    /// <summary>
    /// For how many updates eigenvectors are used. In so many the matrix changes by half a d-th part: Hansen 2016, appendix B.2, says a tenth.
    /// </summary>
    public int DecompositionGap { get; }

    /// <summary>λ by eq. 48, or a part of it.</summary>
    public static int PopulationFor(int axes, double part = 1) => (int)(part * (4 + 3 * Math.Log(Math.Max(1, axes))));

    private static double MassOf(ReadOnlySpan<double> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return squares == 0 ? 0 : sum * sum / squares;
    }

    private static void Scale(Span<double> weights, double total)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += Math.Abs(weight);
        }

        for (var i = 0; i < weights.Length && sum > 0; i++)
        {
            weights[i] *= total / sum;
        }
    }
}
