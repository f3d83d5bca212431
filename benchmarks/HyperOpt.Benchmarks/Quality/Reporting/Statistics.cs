namespace HyperOpt.Benchmarks.Quality.Reporting;

/// <summary>What is computed of samples of results.</summary>
internal static class Statistics
{
    /// <summary>NaN of nothing.</summary>
    public static double Median(double[] values)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>
    /// An interval that holds the median with at least 95 % confidence, whatever the distribution: from the k-th least to the k-th largest value. With fewer
    /// than six values there is none, and the whole range is given.
    /// </summary>
    /// <param name="sorted">The values, ascending.</param>
    public static (double Low, double High) MedianInterval(double[] sorted)
    {
        var (n, below, term) = (sorted.Length, 0.0, Math.Pow(0.5, sorted.Length)); // of Binomial(n, 1/2)
        var k = 0;
        for (; k < n / 2 && below + term <= 0.025; k++)
        {
            below += term;
            term *= (double)(n - k) / (k + 1);
        }

        return n == 0 ? (double.NaN, double.NaN) : (sorted[Math.Max(0, k - 1)], sorted[n - Math.Max(1, k)]);
    }

    /// <summary>How often a value of one sample is less than one of another; equal ones count half.</summary>
    /// <param name="one">Ascending.</param>
    /// <param name="other">Ascending.</param>
    public static double Superiority(double[] one, double[] other)
    {
        var count = 0.0;
        foreach (var value in one)
        {
            foreach (var against in other)
            {
                count += value < against ? 1 : value == against ? 0.5 : 0;
            }
        }

        return count / ((double)one.Length * other.Length);
    }

    /// <summary>
    /// The two-sided probability, were both alike, of signed ranks at least as uneven: Wilcoxon's test (1945, 10.2307/3001968). Exact, with ties too; differences of 0 are left
    /// out. 1 if nothing is left.
    /// </summary>
    public static double SignedRankProbability(double[] differences)
    {
        double[] kept = [.. differences.Where(difference => difference != 0).OrderBy(Math.Abs)];
        var ranks = new int[kept.Length]; // twice the rank: the mean rank of equals may be half a number
        var positive = 0;
        for (var i = 0; i < kept.Length;)
        {
            var end = i;
            while (end < kept.Length && Math.Abs(kept[end]) == Math.Abs(kept[i]))
            {
                end++;
            }

            for (var k = i; k < end; k++)
            {
                ranks[k] = i + end + 1;
                positive += kept[k] > 0 ? ranks[k] : 0;
            }

            i = end;
        }

        var total = ranks.Sum();
        var chances = new double[total + 1]; // of each sum of the ranks that happen to be positive
        chances[0] = 1;
        foreach (var rank in ranks)
        {
            for (var sum = total; sum >= 0; sum--)
            {
                chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
            }
        }

        var least = Math.Min(positive, total - positive);
        return Math.Min(1, 2 * chances[..(least + 1)].Sum());
    }

    /// <summary>Probabilities of several tests, corrected so that one below 0.05 among them is found by chance in 5 % at most: Holm 1979, jstor.org/stable/4615733.</summary>
    public static double[] Holm(double[] probabilities)
    {
        var corrected = new double[probabilities.Length];
        var (largest, left) = (0.0, probabilities.Length);
        foreach (var index in Enumerable.Range(0, probabilities.Length).OrderBy(i => probabilities[i]))
        {
            largest = Math.Max(largest, Math.Min(1, probabilities[index] * left--));
            corrected[index] = largest;
        }

        return corrected;
    }
}
