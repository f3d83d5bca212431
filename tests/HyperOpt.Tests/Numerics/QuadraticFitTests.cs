using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class QuadraticFitTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void AQuadraticIsFoundAgain(int d, bool isMixed)
    {
        var scene = Scene(d, isMixed, 3, 0);
        var fit = Fit(scene, d, isMixed)!;
        Assert.Equal(QuadraticFit.TermsOf(d, isMixed), fit.Terms);
        for (var i = 0; i < scene.Places.Count; i++)
        {
            Assert.Equal(0, fit.ResidualAt(i), 1e-9);
            Assert.Equal(0, fit.LeftOutResidualAt(i), 1e-7);
        }

        // Of a quadratic, differences over any length are the derivatives.
        var (hessian, gradient) = fit.Derivatives();
        var stride = gradient.Length;
        for (var j = 0; j < d; j++)
        {
            var (up, down) = (fit.At(Unit(stride, j, 1)), fit.At(Unit(stride, j, -1)));
            Assert.Equal(0.5 * (up - down), gradient[j], 1e-9);
            Assert.Equal(up + down - 2 * fit.At(new double[stride]), hessian[j * stride + j], 1e-9);
            for (var k = 0; k < j; k++)
            {
                var both = Unit(stride, j, 1);
                both[k] = 1;
                Assert.Equal(fit.At(both) - up - fit.At(Unit(stride, k, 1)) + fit.At(new double[stride]), hessian[j * stride + k], 1e-9);
                Assert.Equal(hessian[j * stride + k], hessian[k * stride + j]);
            }
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void WhatIsLeftOutIsMissedAsByAFitToTheOthers(int d, bool isMixed)
    {
        var scene = Scene(d, isMixed, 8, 0.5);
        var fit = Fit(scene, d, isMixed)!;
        for (var left = 0; left < scene.Places.Count; left++)
        {
            var others = Enumerable.Range(0, scene.Places.Count).Where(i => i != left);
            var without = QuadraticFit.Of(
                [.. others.Select(i => scene.Places[i])], [.. others.Select(i => scene.Values[i])], [.. others.Select(i => scene.Weights[i])], d, isMixed)!;
            Assert.Equal(without.At(scene.Places[left]) - scene.Values[left], fit.LeftOutResidualAt(left), 1e-7);
        }
    }

    [Fact]
    public void WhatHasNoWeightDoesNotCount()
    {
        var scene = Scene(2, true, 4, 0);
        scene.Values[3] += 100;
        scene.Weights[3] = 0;
        var fit = Fit(scene, 2, true)!;
        Assert.Equal(-100, fit.ResidualAt(3), 1e-7);
        Assert.Equal(-100, fit.LeftOutResidualAt(3), 1e-7);
    }

    private static double[] Unit(int stride, int axis, double length)
    {
        var place = new double[stride];
        place[axis] = length;
        return place;
    }

    private static QuadraticFit? Fit((List<double[]> Places, double[] Values, double[] Weights) scene, int d, bool isMixed) =>
        QuadraticFit.Of(scene.Places, scene.Values, scene.Weights, d, isMixed);

    private static (List<double[]> Places, double[] Values, double[] Weights) Scene(int d, bool isMixed, int more, double noise)
    {
        var random = new Xoshiro256StarStar((ulong)(10 * d + more));
        double[] coefficients = [.. Enumerable.Range(0, 1 + d + d * d).Select(_ => random.NextDouble() - 0.5)];
        var (places, values, weights) = (new List<double[]>(), new List<double>(), new List<double>());
        for (var i = 0; i < QuadraticFit.TermsOf(d, isMixed) + more; i++)
        {
            var place = new double[RowProducts.Padded(d)];
            var value = coefficients[0] + noise * (random.NextDouble() - 0.5);
            for (var j = 0; j < d; j++)
            {
                place[j] = 2 * random.NextDouble() - 1;
                value += coefficients[1 + j] * place[j];
                for (var k = 0; k <= j; k++)
                {
                    value += isMixed || j == k ? coefficients[1 + d + j * d + k] * place[j] * place[k] : 0;
                }
            }

            places.Add(place);
            values.Add(value);
            weights.Add(0.1 + random.NextDouble());
        }

        return (places, [.. values], [.. weights]);
    }
}
