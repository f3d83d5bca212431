using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class PermutationTests
{
    /// <summary>A statistic further from its mean than this many standard deviations: once in 1e9 runs by chance.</summary>
    private const double Deviations = 6;

    [Fact]
    public void ItTakesEachPositionToAPlaceOfItsOwnForAnySmallCount()
    {
        for (var count = 1; count <= 1_000; count++)
        {
            AssertBijection(count, (ulong)count);
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_003)]
    public void ItTakesEachPositionToAPlaceOfItsOwnForLargeCounts(int count) => AssertBijection(count, 7);

    [Theory]
    [InlineData(1L << 32)]
    [InlineData((1L << 32) + 1)]
    [InlineData((1L << 62) + 1)]
    [InlineData(long.MaxValue)]
    public void ItStaysBelowHugeCountsAndRepeatsNothing(long count)
    {
        var permutation = new Permutation(count, 7);
        var places = new HashSet<long>();
        foreach (var position in Enumerable.Range(0, 20_000).Select(i => i < 10_000 ? i : count - 1 - i))
        {
            var place = permutation.At(position);
            Assert.InRange(place, 0, count - 1);
            Assert.True(places.Add(place), $"Two positions of {count} have place {place}.");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void OverSeedsTheFirstAndTheLastPositionGoAnywhereEquallyOften(int count)
    {
        var (first, last) = (new int[count], new int[count]);
        for (var seed = 0UL; seed < 20_000; seed++)
        {
            var permutation = new Permutation(count, seed);
            first[permutation.At(0)]++;
            last[permutation.At(count - 1)]++;
        }

        PearsonTest.AssertUniform(first);
        PearsonTest.AssertUniform(last);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void OverSeedsEachOrderOfAFewIsAsLikelyAsAnother(int count)
    {
        var orders = new Dictionary<string, int>();
        for (var seed = 0UL; seed < 20_000; seed++)
        {
            var order = string.Join(",", Places(count, seed));
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(Enumerable.Range(1, count).Aggregate((product, factor) => product * factor), orders.Count);
        PearsonTest.AssertUniform([.. orders.Values]);
    }

    /// <summary>A random order of n rises (n - 1) / 2 times, with variance (n + 1) / 12.</summary>
    [Theory]
    [InlineData(1_000)]
    [InlineData(4_096)]
    [InlineData(20_000)]
    public void TheOrderRisesAsOftenAsItFalls(int count)
    {
        var places = Places(count, 3);
        var rises = Enumerable.Range(1, count - 1).Count(i => places[i] > places[i - 1]);
        Assert.InRange((rises - (count - 1) / 2.0) / Math.Sqrt((count + 1) / 12.0), -Deviations, Deviations);
    }

    /// <summary>The correlation of a random order with the positions has mean 0 and variance 1 / (n - 1); with the places next to them nearly so.</summary>
    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(1_000, 1)]
    [InlineData(20_000, 0)]
    [InlineData(20_000, 1)]
    [InlineData(20_000, 2)]
    [InlineData(20_000, 256)]
    public void TheOrderIsCorrelatedNeitherWithThePositionsNorWithItself(int count, int lag)
    {
        var places = Places(count, 3);
        var mean = (count - 1) / 2.0;
        var variance = ((double)count * count - 1) / 12;
        var correlation = Enumerable.Range(0, count).Sum(i => (places[i] - mean) * ((lag == 0 ? i : places[(i + lag) % count]) - mean)) / (count * variance);
        Assert.InRange(correlation * Math.Sqrt(count - 1), -Deviations, Deviations);
    }

    private static long[] Places(int count, ulong seed)
    {
        var permutation = new Permutation(count, seed);
        return [.. Enumerable.Range(0, count).Select(position => permutation.At(position))];
    }

    private static void AssertBijection(int count, ulong seed)
    {
        var seen = new bool[count];
        foreach (var place in Places(count, seed))
        {
            Assert.False(seen[place], $"Two positions of {count} have place {place}.");
            seen[place] = true;
        }
    }
}
