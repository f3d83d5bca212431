using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <summary>Golden values: mpmath with 60 digits, φ(z) + z Φ(z) as it stands; from -10,000 its asymptotic series.</summary>
public sealed class LogImprovementTests
{
    public static TheoryData<double, double, double> Golden() => new()
    {
        { 5, 1.6094379231264314, 0.19999994053122005 },
        { 1, 0.08002621884930694, 0.77663872520173926 },
        { 0, -0.91893853320467274, 1.2533141373155003 },
        { -0.5, -1.6205162643873199, 1.5598731483480797 },
        { -0.999, -2.4832171154475854, 1.9035493173589594 },
        { -1, -2.4851210257126413, 1.9042712333296918 },
        { -1.001, -2.4870256579553892, 1.904993272734213 },
        { -3, -7.8696860596030285, 3.5323375176251605 },
        { -8, -37.122364261692633, 8.2393965068400669 },
        { -15, -118.84817068411358, 15.131608564904813 },
        { -19.9, -204.91288769492166, 19.999754282210964 },
        { -20.1, -208.93274041662462, 20.198776124515668 },
        { -25, -319.86146358149595, 25.079620234266533 },
        { -40, -808.29856835661996, 40.049906657648518 },
        { -100, -5010.1295788002498, 100.01999400419587 },
        { -10000, -50000019.339619307, 10000.000199999994 },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void ItIsThatOfSixtyDigits(double z, double log, double slope)
    {
        var (actual, actualSlope) = LogImprovement.At(z);
        Assert.Equal(log, actual, 1e-12 * Math.Max(1, Math.Abs(log)));
        Assert.Equal(slope, actualSlope, 2e-12 * Math.Abs(slope) * Math.Max(1, z > -20 ? z * z / 10 : 1));
    }
}
