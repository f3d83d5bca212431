using FsCheck;
using FsCheck.Fluent;

namespace HyperOpt.Tests.Support;

/// <summary>Sets of loss vectors as rows: many ties and repetitions, or none.</summary>
internal static class LossRows
{
    private static readonly double[] Primes = [2, 3, 5, 7, 11, 13];

    /// <summary>Whole numbers from 0 to 4 in 2 to 5 objectives, up to so many rows.</summary>
    public static Arbitrary<(int Objectives, double[] Rows)> Small(int rows, int fewest = 1, int most = 5) => Arb.From(
        from objectives in Gen.Choose(fewest, most)
        from count in Gen.Choose(0, rows)
        from numbers in Gen.CollectToArray(Enumerable.Range(0, count * objectives), _ => Gen.Choose(0, 4))
        select (objectives, numbers.Select(number => (double)number).ToArray()));

    /// <summary>The fractional parts of the multiples of the primes' square roots: vectors that another program can make too.</summary>
    public static double[] Weyl(int rows, int objectives) =>
        [.. from row in Enumerable.Range(1, rows) from prime in Primes.Take(objectives) select row * Math.Sqrt(prime) % 1];

    /// <summary>The points of the unit sphere in the directions of one layer.</summary>
    public static double[] Sphere(double[] directions, int objectives) =>
        [.. directions.Chunk(objectives).SelectMany(row => row.Select(part => part / Math.Sqrt(row.Sum(other => other * other))))];

    public static double[] Take(double[] rows, int objectives, IEnumerable<int> which) =>
        [.. which.SelectMany(row => rows.Skip(row * objectives).Take(objectives))];
}
