using HyperOpt.Analysis;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Analysis;

public sealed class OrthonormalBasisTests
{
    public static TheoryData<Parameter> Parameters() =>
    [
        Parameter.Float("continuum", -3, 3),
        Parameter.Float("decades", 1e-5, 1).Log(),
        Parameter.Int("whole", 1, 40),
        Parameter.Int("doublings", 1, 200).Log(),
        Parameter.Ordinal("ordered", 16, 32, 64),
        Parameter.Categorical("category", "a", "b", "c", "d", "e"),
        Parameter.Bool("flag"),
    ];

    /// <remarks>Means over 100,000 points at equal distances; polynomials of degree 12 make them good to 1e-5 on a continuum.</remarks>
    [Theory]
    [MemberData(nameof(Parameters))]
    public void FunctionsAreOrthonormalAndOfMeanZero(Parameter parameter)
    {
        const int points = 100_000;
        var basis = new OrthonormalBasis(parameter);
        var (values, means, products) = (new double[basis.Count], new double[basis.Count], new double[basis.Count, basis.Count]);
        for (var i = 0; i < points; i++)
        {
            basis.Evaluate((i + 0.5) / points, values);
            for (var p = 0; p < values.Length; p++)
            {
                means[p] += values[p] / points;
                for (var q = 0; q < values.Length; q++)
                {
                    products[p, q] += values[p] * values[q] / points;
                }
            }
        }

        Assert.Equal(parameter.Cardinality is { } count ? Math.Min((int)count - 1, 12) : 12, basis.Count);
        for (var p = 0; p < values.Length; p++)
        {
            Assert.Equal(0, means[p], 1e-3);
            for (var q = 0; q < values.Length; q++)
            {
                Assert.Equal(p == q ? 1 : 0, products[p, q], 2e-3);
            }
        }
    }

    [Fact]
    public void WhatIsInactiveHasNoFeatures()
    {
        var basis = new OrthonormalBasis(Parameter.Int("n", 1, 4));
        var values = new[] { 1.0, 2, 3, 4 };
        basis.Evaluate(double.NaN, values);
        Assert.Equal([0, 0, 0, 4], values);
    }
}
