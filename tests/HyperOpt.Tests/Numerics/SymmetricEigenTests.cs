using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Fact]
    public void VectorsAndValuesPutTheMatrixTogetherAgain() => Law.Holds(
        from count in Gen.Choose(1, 40)
        from seed in Gen.Choose(1, 1_000_000)
        from exponent in Gen.Choose(0, 12)
        select (count, seed, exponent),
        scene => AssertDecomposed(Random(scene.count, (ulong)scene.seed, scene.exponent), scene.count));

    [Fact]
    public void AHundredRowsAreDecomposedToo() => AssertDecomposed(Random(100, 1, 3), 100);

    [Fact]
    public void EqualAndZeroEigenvaluesAreNoTrouble()
    {
        foreach (var count in new[] { 1, 2, 3, 8, 17 })
        {
            AssertDecomposed(Filled(count, (_, _) => 0), count);
            AssertDecomposed(Filled(count, (row, column) => row == column ? 2 : 0), count);
            AssertDecomposed(Filled(count, (_, _) => 1), count);
            AssertDecomposed(Filled(count, (row, column) => Math.Abs(row - column) == 1 ? 1 : 0), count);
        }
    }

    [Fact]
    public void TheEigenvaluesOfHilbertsMatrixAreThoseOfNumpy()
    {
        // numpy 1.24.2: np.linalg.eigvalsh(scipy.linalg.hilbert(5))
        double[] expected = [3.287928772164762e-06, 0.0003058980401511538, 0.011407491623419655, 0.2085342186110133, 1.5670506910982307];
        var found = SymmetricEigen.Of(Filled(5, (row, column) => 1.0 / (row + column + 1)), 5)!.Values.ToArray().Order().ToArray();
        for (var k = 0; k < 5; k++)
        {
            Assert.Equal(expected[k], found[k], 1e-15);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatIsNotFiniteHasNone(double element) =>
        Assert.Null(SymmetricEigen.Of(Filled(4, (row, column) => row + column == 3 ? element : 1), 4));

    private static void AssertDecomposed(double[] matrix, int count)
    {
        var stride = RowProducts.Padded(count);
        var eigen = SymmetricEigen.Of(matrix, count)!;
        var size = matrix.Max(Math.Abs);
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                var (product, dot) = (0.0, 0.0);
                for (var k = 0; k < count; k++)
                {
                    var vector = eigen.Vectors.Row(k, stride);
                    product += eigen.Values[k] * vector[row] * vector[column];
                    dot += eigen.Vectors.Row(row, stride)[k] * eigen.Vectors.Row(column, stride)[k];
                }

                Assert.Equal(matrix[row * stride + column], product, 1e-13 * count * size);
                Assert.Equal(row == column ? 1 : 0, dot, 1e-13 * count);
            }
        }
    }

    // Rows and columns scaled over some orders of magnitude.
    private static double[] Random(int count, ulong seed, int exponent)
    {
        var random = new Xoshiro256StarStar(seed);
        var half = Enumerable.Range(0, count * count).Select(_ => random.NextDouble() - 0.5).ToArray();
        return Filled(count, (row, column) => (half[row * count + column] + half[column * count + row]) * Math.Pow(10, -exponent * (row + column) / (2.0 * count)));
    }

    private static double[] Filled(int count, Func<int, int, double> element)
    {
        var stride = RowProducts.Padded(count);
        var matrix = new double[count * stride];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                matrix[row * stride + column] = element(row, column);
            }
        }

        return matrix;
    }
}
