using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class RowProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(16, 40)]
    [InlineData(21, 24)]
    [InlineData(66, 132)]
    public void OuterProductsAreSummedInTheOrderOfTheirRowsToTheLastBit(int count, int depth)
    {
        var stride = CholeskyFactor.StrideFor(count);
        var random = new Xoshiro256StarStar((ulong)count);
        var (a, b, c) = (new double[depth * stride], new double[depth * stride], new double[stride * stride]);
        for (var r = 0; r < depth; r++)
        {
            for (var i = 0; i < count; i++)
            {
                (a[r * stride + i], b[r * stride + i]) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            }
        }

        Array.Fill(c, double.NaN); // what was there before counts for nothing
        RowProducts.OuterProducts(new RowBlock(c, 0, stride), new RowBlock(a, 0, stride), new RowBlock(b, 0, stride), count, depth);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var r = 0; r < depth; r++)
                {
                    sum = Math.FusedMultiplyAdd(a[r * stride + i], b[r * stride + j], sum);
                }

                Assert.Equal(sum, c[i * stride + j]);
            }
        }
    }
}
