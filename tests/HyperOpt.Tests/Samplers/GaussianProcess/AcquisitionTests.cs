using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

/// <summary>
/// Golden values: the gain in hypervolume, by inclusion of grid cells, integrated over the joint density with Gauss-Legendre nodes of numpy 1.24.2 between the edges
/// of the front (absolute error below 1e-7).
/// </summary>
public sealed class AcquisitionTests
{
    private static readonly Gen<double> Unit = Gen.Choose(1, 999).Select(number => number / 1000.0);

    [Fact]
    public void TheGradientsAreThoseOfDifferences()
    {
        var cases = Arb.From(
            from means in Gen.CollectToArray(Enumerable.Range(0, 5), _ => Unit)
            from spreads in Gen.CollectToArray(Enumerable.Range(0, 5), _ => Unit)
            from front in Gen.CollectToArray(Enumerable.Range(0, 12), _ => Unit)
            select (means, spreads, front));
        Law.Holds(cases, 200, draw =>
        {
            foreach (var (outputs, acquisition) in Acquisitions(draw.front))
            {
                double[] means = [.. draw.means.Take(outputs).Select(mean => 4 * mean - 1)];
                double[] spreads = [.. draw.spreads.Take(outputs).Select(spread => 0.05 + spread)];
                var (byMean, bySpread) = (new double[outputs], new double[outputs]);
                var value = acquisition.At(means, spreads, byMean, bySpread);
                Assert.True(double.IsFinite(value));
                for (var i = 0; i < outputs; i++)
                {
                    Near(Differences(acquisition, means, spreads, i, true), byMean[i]);
                    Near(Differences(acquisition, means, spreads, i, false), bySpread[i]);
                }
            }
        });
    }

    [Fact]
    public void ExpectedImprovementHasItsClosedForm()
    {
        // best 0.2, N(0.5, 0.4²): z = -0.75; 0.4 (φ(z) + z Φ(z)).
        var value = new LogExpectedImprovement(0.2).At([0.5], [0.4], new double[1], new double[1]);
        Assert.Equal(0.4 * (0.30113743215480443 - 0.75 * 0.2266273523768682), Math.Exp(value), 1e-12);
    }

    [Fact]
    public void ConstraintsMultiplyTheChanceThatTheyHold()
    {
        var inner = new LogExpectedImprovement(0.2);
        var alone = inner.At([0.5], [0.4], new double[1], new double[1]);
        var value = new FeasibleAcquisition(inner, 1, 1).At([0.5, 1, -2], [0.4, 0.5, 1], new double[3], new double[3]);
        Assert.Equal(Math.Exp(alone) * Normal.Cdf(-2) * Normal.Cdf(2), Math.Exp(value), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Volumes))]
    public void ExpectedHypervolumeImprovementIsTheIntegral(double[] means, double[] spreads, double expected)
    {
        ArgumentNullException.ThrowIfNull(means);
        ImmutableArray<double>[] front = means.Length == 2
            ? [[0.1, 0.8], [0.4, 0.5], [0.9, 0.2]]
            : [[0.1, 0.8, 0.5], [0.4, 0.5, 0.3], [0.9, 0.2, 0.6], [0.5, 0.6, 0.1]];
        var boxes = BoxDecomposition.Create(front, [.. means.Select(_ => 1.0)]);
        var value = new LogHypervolumeImprovement(boxes).At(means, spreads, new double[means.Length], new double[means.Length]);
        Assert.Equal(expected, Math.Exp(value), 1e-7);
    }

    [Fact]
    public void TheBoxesFillWhatTheFrontDoesNotDominate()
    {
        var cases = Arb.From(
            from objectives in Gen.Choose(2, 3)
            from count in Gen.Choose(0, 12)
            from numbers in Gen.CollectToArray(Enumerable.Range(0, 3 * count), _ => Gen.Choose(1, 9))
            select (objectives, numbers));
        Law.Holds(cases, 300, draw =>
        {
            var points = draw.numbers.Chunk(3).Select(chunk => chunk.Take(draw.objectives).Select(number => number / 10.0).ToImmutableArray());
            var front = BoxDecomposition.Front(points);
            var boxes = BoxDecomposition.Create(front, [.. Enumerable.Repeat(1.0, draw.objectives)]);
            var volume = 0.0;
            for (var box = 0; box < boxes.Lows.Length; box += draw.objectives)
            {
                volume += Enumerable.Range(0, draw.objectives)
                    .Aggregate(1.0, (product, i) => product * (boxes.Edges[i][boxes.Highs[box + i]] - Math.Max(0, boxes.Edges[i][boxes.Lows[box + i]])));
            }

            Assert.Equal(1 - Hypervolume.Of(front, [.. Enumerable.Repeat(1.0, draw.objectives)]), volume, 1e-12);
        });
    }

    public static TheoryData<double[], double[], double> Volumes() => new()
    {
        { [0.3, 0.3], [0.2, 0.1], 0.166439325853779 },
        { [0.6, 0.7], [0.1, 0.3], 0.014308248030030403 },
        { [0.05, 0.1], [0.05, 0.4], 0.49595568942546475 },
        { [0.3, 0.3, 0.4], [0.2, 0.1, 0.2], 0.11202723114926483 },
        { [0.6, 0.7, 0.2], [0.3, 0.3, 0.2], 0.026811117848778557 },
    };

    private static IEnumerable<(int Outputs, IAcquisition Acquisition)> Acquisitions(double[] front)
    {
        yield return (1, new LogExpectedImprovement(front[0]));
        yield return (1, new ConfidenceBound([1], [0]));
        yield return (4, new ConfidenceBound([.. front.Take(4)], [0, 0, 0, 0]));
        yield return (3, new FeasibleAcquisition(new LogExpectedImprovement(front[1]), 1, 0.1));
        yield return (2, Volume(front.Chunk(2), 2));
        yield return (2, new SurerAcquisition(Volume(front.Chunk(2), 2), 0.3));
        yield return (3, Volume(front.Chunk(3), 3));
        yield return (5, new FeasibleAcquisition(Volume(front.Chunk(3), 3), 3, 1));
    }

    private static LogHypervolumeImprovement Volume(IEnumerable<double[]> points, int objectives) =>
        new(BoxDecomposition.Create(BoxDecomposition.Front(points.Select(point => point.ToImmutableArray())), [.. Enumerable.Repeat(1.1, objectives)]));

    private static double Differences(IAcquisition acquisition, double[] means, double[] spreads, int at, bool isMean)
    {
        const double H = 1e-5;
        double At(double step)
        {
            var (m, s) = ((double[])means.Clone(), (double[])spreads.Clone());
            (isMean ? m : s)[at] += step;
            return acquisition.At(m, s, new double[m.Length], new double[m.Length]);
        }

        return (At(H) - At(-H)) / (2 * H);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-4 * Math.Max(1, Math.Abs(expected)));
}
