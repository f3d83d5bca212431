namespace HyperOpt.Numerics;

/// <summary>
/// The one-sided signed-rank test of paired differences (Wilcoxon 1945, 10.2307/3001968): how likely ranks so much in favour of positive differences
/// are, if either sign is as likely.
/// </summary>
/// <remarks>
/// The ranks of zeros are split between both signs ("zsplit"), equal sizes share their mean rank. Up to 50 differences by the exact distribution
/// given the ranks, ties and zeros included; beyond by the normal approximation with the variance of the ranks as they are.
/// </remarks>
internal static class SignedRanks
{
    private const int MaxExact = 50;

    /// <summary>P(W ≥ w), where W is the sum of the ranks of positive differences.</summary>
    /// <param name="differences">Finite.</param>
    public static double Greater(ReadOnlySpan<double> differences)
    {
        var n = differences.Length;
        if (n == 0)
        {
            return 1;
        }

        var sizes = new double[n];
        for (var i = 0; i < n; i++)
        {
            sizes[i] = Math.Abs(differences[i]);
        }

        var doubled = Ranks.Doubled(sizes);
        var (positive, zeros) = (0, 0);
        var signed = new List<int>(n);
        for (var i = 0; i < n; i++)
        {
            positive += differences[i] > 0 ? doubled[i] : 0;
            zeros += differences[i] == 0 ? doubled[i] : 0;
            if (differences[i] != 0)
            {
                signed.Add(doubled[i]);
            }
        }

        return n <= MaxExact ? Exact(signed, positive) : Approximate(signed, positive);
    }

    // By convolution over the ranks that have a sign; what zeros add to both sides cancels.
    private static double Exact(List<int> ranks, int observed)
    {
        var total = ranks.Sum();
        var ways = new double[total + 1]; // probabilities of sums
        ways[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--)
            {
                ways[sum] = (ways[sum] + (sum >= rank ? ways[sum - rank] : 0)) / 2;
            }
        }

        var tail = 0.0;
        for (var sum = total; sum >= observed; sum--)
        {
            tail += ways[sum];
        }

        return Math.Min(tail, 1);
    }

    private static double Approximate(List<int> ranks, int observed)
    {
        var (mean, variance) = (0.0, 0.0);
        foreach (var rank in ranks)
        {
            mean += rank / 2.0;
            variance += rank * (double)rank / 4;
        }

        return variance > 0 ? Normal.Cdf((mean - observed) / Math.Sqrt(variance)) : 1;
    }
}
