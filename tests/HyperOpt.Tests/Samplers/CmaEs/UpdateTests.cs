using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Samplers.CmaEs;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

/// <summary>
/// The update against an independent implementation: cmaes 0.13.1 (github.com/CyberAgentAILab/cmaes), its CMA told the same points, which a formula makes
/// around the mean of each (<see cref="CmaScene.Fed"/>), of the same losses.
/// </summary>
public sealed class UpdateTests
{
    [Fact]
    public void EightGenerationsInThreeDimensionsAreThoseOfTheReference() => AssertIs(
        CmaScene.Fed(3, 8, CmaScene.Plain),
        [0.422201333700036, 0.261827933221326, 0.3078856979424], 0.104388303971851,
        [0.58341464863098, 0.0162117965801069, -0.119849323843497, 0.0162117965801069, 0.485385935633321, 0.201236138661199, -0.119849323843497, 0.201236138661199, 0.386197916301697]);

    [Fact]
    public void EightGenerationsInFiveDimensionsAreThoseOfTheReference() => AssertIs(
        CmaScene.Fed(5, 8, CmaScene.Plain),
        [0.545338654446273, 0.416140798868085, 0.335158905512411, 0.312778414836021, 0.294231335346764], 0.0752495024921085,
        [0.66489662500861, 0.0212002918688507, -0.0911563707515793, -0.00286320399193611, -0.10774054324449]);

    [Fact]
    public void WithAdaptingRatesTwelveGenerationsAreThoseOfTheReference()
    {
        var fold = CmaScene.Fed(3, 12, CmaScene.Plain with { AdaptsToNoise = true });
        AssertIs(
            fold, [0.41727467499283, 0.290968029016242, 0.293564443983383], 0.0818161660919881,
            [1.23289845137386, -0.09382271629674, -0.240309732371036, -0.0938227162967402, 1.04201592770222, 0.270370071113872, -0.240309732371036, 0.270370071113872, 0.892006227415634]);
        Assert.Equal(0.49037053829323796, fold.State.Gaussian!.Rates!.Mean.Rate, 1e-10);
        Assert.Equal(0.7299490855270175, fold.State.Gaussian.Rates.Covariance.Rate, 1e-10);
    }

    [Fact]
    public void VariancesAloneAreLearntAsInAnotherDerivation()
    {
        // numpy 1.24.2, the same formulas written down again for variances alone: cmaes' SepCMA has other rates and no negative weights.
        var constants = new StrategyConstants(3, 7, true);
        var gaussian = Gaussian.Begin([0.5, 0.5, 0.5, 0, 0, 0, 0, 0], 1.0 / 6, new DiagonalShape([1, 1, 1, 0, 0, 0, 0, 0], 3), false);
        var number = 0;
        for (var generation = 0; generation < 8; generation++)
        {
            var steps = new double[7][];
            var trials = new List<Observation>();
            for (var k = 0; k < 7; k++, number++)
            {
                steps[k] = [.. Enumerable.Range(0, 8).Select(j => j < 3 ? 0.6 * Math.Sin(12.9898 * (number + 1) * (j + 1)) : 0)];
                double[] x = [.. Enumerable.Range(0, 3).Select(j => gaussian.Mean[j] + gaussian.Sigma * steps[k][j])];
                trials.Add(CmaScene.Completed(number, x, x.Select((u, j) => (j + 1) * (j + 1) * (u - 0.3) * (u - 0.3)).Sum() + (x[0] - 0.3) * (x[1] - 0.3)));
            }

            gaussian = gaussian.Update(constants, steps, Selection.Of(constants, trials, ViolationScales.None), 3)!;
        }

        AssertClose([0.414932854819295, 0.261219045795721, 0.309969933370267], gaussian.Mean);
        AssertClose([0.116937937678804], [gaussian.Sigma]);
        AssertClose([0.51756012558366, 0.32290029500479, 0.205313772232655], [.. Enumerable.Range(0, 3).Select(gaussian.Shape.Variance)]);
    }

    [Fact]
    public void ATurnedGenerationTurnsTheUpdate() => Law.Holds(
        from dimensions in Gen.Choose(2, 9)
        from seed in Gen.Choose(1, 1_000_000)
        select (dimensions, seed: (ulong)seed),
        scene =>
        {
            var (d, population) = (scene.dimensions, StrategyConstants.PopulationFor(scene.dimensions));
            var constants = new StrategyConstants(d, population, false);
            var rotation = Rotation(d, scene.seed);
            var (one, other) = (Round(d), Round(d));
            for (var generation = 0; generation < 5; generation++)
            {
                Observation[] trials = [.. Enumerable.Range(0, population).Select(k => CmaScene.Completed(k, [], CmaScene.Uniform(population, scene.seed + 7 * (ulong)generation)[k]))];
                var selection = Selection.Of(constants, trials, ViolationScales.None);
                double[][] draws = [.. Enumerable.Range(0, population).Select(k => Vector(d, scene.seed + 1000 * (ulong)(generation + 1) + (ulong)k))];
                one = one.Update(constants, [.. draws.Select(z => one.Shape.Colour(z))], selection, d)!;
                other = other.Update(constants, [.. draws.Select(z => other.Shape.Colour(Turn(rotation, z, d)))], selection, d)!;
            }

            Assert.Equal(one.Sigma, other.Sigma, 1e-10 * one.Sigma);
            AssertClose(Turn(rotation, one.Mean, d), other.Mean, 1e-9);
            AssertClose(Turn(rotation, one.ShapePath, d), other.ShapePath, 1e-9);
            var z = Vector(d, scene.seed + 99);
            AssertClose(Turn(rotation, one.Shape.Colour(z), d), other.Shape.Colour(Turn(rotation, z, d)), 1e-9);
        });

    private static void AssertIs(SearchFold fold, double[] mean, double sigma, double[] covariance)
    {
        var gaussian = fold.State.Gaussian!;
        AssertClose(mean, gaussian.Mean);
        AssertClose([sigma], [gaussian.Sigma]);
        // The first rows of C, from what C^½ makes of unit vectors.
        var roots = Enumerable.Range(0, mean.Length).Select(j => gaussian.Shape.Colour(Unit(j, gaussian.Mean.Length))).ToArray();
        for (var at = 0; at < covariance.Length; at++)
        {
            Assert.Equal(covariance[at], RowProducts.Dot(roots[at / mean.Length], roots[at % mean.Length]), 1e-10);
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-11)
    {
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance);
        }
    }

    private static Gaussian Round(int dimensions)
    {
        var stride = RowProducts.Padded(dimensions);
        return Gaussian.Begin(new double[stride], 1, FullShape.Diagonal([.. Enumerable.Repeat(1.0, dimensions)], dimensions), false);
    }

    private static double[] Unit(int at, int length) => [.. Enumerable.Range(0, length).Select(j => j == at ? 1.0 : 0)];

    private static double[] Vector(int dimensions, ulong seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var vector = new double[RowProducts.Padded(dimensions)];
        for (var j = 0; j < dimensions; j++)
        {
            vector[j] = Normal.Quantile(random.NextDouble());
        }

        return vector;
    }

    // The eigenvectors of a random symmetric matrix.
    private static SymmetricEigen Rotation(int dimensions, ulong seed)
    {
        var stride = RowProducts.Padded(dimensions);
        var matrix = new double[dimensions * stride];
        for (var row = 0; row < dimensions; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                matrix[row * stride + column] = matrix[column * stride + row] = Vector(1, seed + (ulong)(row * 31 + column))[0];
            }
        }

        return SymmetricEigen.Of(matrix, dimensions)!;
    }

    private static double[] Turn(SymmetricEigen rotation, double[] vector, int dimensions)
    {
        var turned = new double[vector.Length];
        for (var j = 0; j < dimensions; j++)
        {
            turned[j] = RowProducts.Dot(rotation.Vectors.Row(j, vector.Length), vector);
        }

        return turned;
    }
}
