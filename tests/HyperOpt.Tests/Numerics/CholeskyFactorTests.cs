using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <summary>Golden values: numpy.linalg 1.24.2 and scipy.linalg 1.10.1 (cholesky, solve_triangular, cho_solve, inv) on the matrix of <see cref="Matrix"/>.</summary>
public sealed class CholeskyFactorTests
{
    public static TheoryData<int, double, double, double, double, double, double, double> Golden() => new()
    {
        { 1, 0.13976194237515877, 1.0723805294763609, 1.0723805294763609, 0.7846757393280754, 0.7317138998329534, 0.7317138998329534, 0.8695652173913042 },
        { 7, -5.6411885654436675, 0.374543014506023, 0.6524591237771963, -0.16678958630821888, 0.06976289855963132, -0.2556322384498905, -0.062138907744703854 },
        { 16, -12.058726418353821, 0.08974387682902654, 0.7382179439044371, -0.3265404221607748, 0.18312180436276848, -0.44233606735932407, 0.01342220747445291 },
        { 17, -12.633754122248233, 0.1029963596057683, 0.7501261759908281, 0.43378307524134796, 0.1730636890525903, 0.5782801468944497, 0.013197406113779602 },
        { 50, -21.342181213571287, -0.04890666629220385, 0.9901791944679839, -0.8960817524444998, 0.1492537493518682, -0.9049692797534068, -0.00385906057267532 },
        { 133, 8.376859343125886, -0.03022526320427848, 1.384644062783568, -0.3090215356772054, 0.1515945939128327, -0.2231775977545994, -0.0036292256358550867 },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void ItIsThatOfScipy(int count, double logDeterminant, double low, double pivot, double forward, double first, double last, double inverse)
    {
        var factor = FactorOf(count);
        Near(logDeterminant, factor.LogDeterminant);
        Near(low, factor[count - 1, 0]);
        Near(pivot, factor[count - 1, count - 1]);
        var x = RightSide(count, factor.Stride);
        factor.Forward(x);
        Near(forward, x[count - 1]);
        factor.Back(x);
        Near(first, x[0]);
        Near(last, x[count - 1]);
        Near(inverse, -MinusInverse(factor)[count / 2 * factor.Stride]);
    }

    [Fact]
    public void RowByRowItComesToTheSame() => Law.Holds(Gen.Choose(1, 40).SelectMany(first => Gen.Choose(0, 40).Select(more => (first, more))), pair =>
    {
        var (whole, grown) = (FactorOf(pair.first + pair.more), FactorOf(pair.first, pair.first + pair.more));
        for (var row = pair.first; row < pair.first + pair.more; row++)
        {
            var shared = new double[grown.Stride];
            for (var column = 0; column < row; column++)
            {
                shared[column] = Matrix(row, column);
            }

            grown.Append(shared, Matrix(row, row));
        }

        AssertSame(whole, grown, 1e-12);
        AssertSolves(grown);
    });

    [Fact]
    public void ACopyIsTheFactorOfTheFirstRowsToTheLastBit() => Law.Holds(Gen.Choose(1, 70).SelectMany(count => Gen.Choose(1, count).Select(kept => (count, kept))), pair =>
    {
        var copy = FactorOf(pair.count).Copy(pair.kept, pair.kept + 3);
        AssertSame(FactorOf(pair.kept), copy, 0);
        AssertSolves(copy);
    });

    [Fact]
    public void SolvingManyAtOnceIsSolvingEachToTheLastBit()
    {
        var factor = FactorOf(61);
        var rows = new RowBlock(new double[9 * factor.Stride], 0, factor.Stride);
        for (var row = 0; row < 9; row++)
        {
            RightSide(61, factor.Stride, row).CopyTo(rows.Row(row, factor.Stride));
        }

        factor.ForwardRows(rows, 9);
        for (var row = 0; row < 9; row++)
        {
            var alone = RightSide(61, factor.Stride, row);
            factor.Forward(alone);
            Assert.Equal(alone, rows.Row(row, factor.Stride).ToArray());
        }
    }

    [Fact]
    public void ASingularMatrixGetsTheLeastJitterThatHelps()
    {
        var factor = new CholeskyFactor(30);
        var ones = new RowBlock([.. Enumerable.Repeat(2.0, 900)], 0, 30);
        Assert.True(factor.TryFactor(ones, 30, out var jitter));
        Assert.Equal(2e-10, jitter, 1e-20);
        Assert.True(factor.TryFactor(new RowBlock(Dense(30), 0, 30), 30, out jitter));
        Assert.Equal(0, jitter);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AMatrixThatIsNotPositiveDefiniteHasNone(double entry)
    {
        var dense = Dense(20);
        dense[10 * 20 + 10] = entry;
        Assert.False(new CholeskyFactor(20).TryFactor(new RowBlock(dense, 0, 20), 20, out _));
    }

    [Fact]
    public void ARowThatWasThereBeforeGetsALeastPivot()
    {
        var factor = new CholeskyFactor(8);
        Assert.True(factor.TryFactor(new RowBlock([1], 0, 1), 1, out _));
        factor.Append([1, .. new double[15]], 1);
        Assert.Equal(1e-5, factor[1, 1], 1e-12);
    }

    private static double Matrix(int i, int j) =>
        Math.Exp(-Math.Abs(i - j) / 7.0) + 0.1 * Math.Cos(i * 0.3) * Math.Cos(j * 0.3) + (i == j ? 0.05 + 0.01 * i : 0);

    private static double[] Dense(int count) => [.. Enumerable.Range(0, count * count).Select(at => Matrix(at / count, at % count))];

    private static CholeskyFactor FactorOf(int count, int capacity = 0)
    {
        var factor = new CholeskyFactor(Math.Max(count, capacity));
        Assert.True(factor.TryFactor(new RowBlock(Dense(count), 0, count), count, out var jitter));
        Assert.Equal(0, jitter);
        return factor;
    }

    private static double[] RightSide(int count, int length, int shift = 0) => [.. Enumerable.Range(0, length).Select(i => i < count ? Math.Sin(0.7 * i + 1 + shift) : 0)];

    private static double[] MinusInverse(CholeskyFactor factor)
    {
        var (matrix, scratch) = (new double[factor.Stride * factor.Stride], new double[factor.Stride * factor.Stride]);
        factor.SubtractInverse(new RowBlock(matrix, 0, factor.Stride), new RowBlock(scratch, 0, factor.Stride));
        return matrix;
    }

    private static void AssertSolves(CholeskyFactor factor)
    {
        var x = RightSide(factor.Count, factor.Stride);
        factor.Forward(x);
        factor.Back(x);
        var inverse = MinusInverse(factor);
        for (var i = 0; i < factor.Count; i++)
        {
            var (product, column) = (0.0, 0.0);
            for (var j = 0; j < factor.Count; j++)
            {
                product += Matrix(i, j) * x[j];
                column -= Matrix(i, j) * (j >= factor.Count / 2 ? inverse[j * factor.Stride + factor.Count / 2] : inverse[factor.Count / 2 * factor.Stride + j]);
            }

            Assert.Equal(Math.Sin(0.7 * i + 1), product, 1e-11);
            Assert.Equal(i == factor.Count / 2 ? 1 : 0, column, 1e-11);
        }
    }

    private static void AssertSame(CholeskyFactor expected, CholeskyFactor actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.True(Math.Abs(expected[i, j] - actual[i, j]) <= tolerance, $"({i}, {j}): {expected[i, j]} and {actual[i, j]}");
            }
        }
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-10 * Math.Max(1, Math.Abs(expected)));
}
