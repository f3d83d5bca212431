namespace HyperOpt.Numerics;

/// <summary>
/// ln h(z) with h(z) = φ(z) + z Φ(z): the logarithm of the expected improvement of a normal variable, in units of its spread. Of full precision
/// however small it is. Source: Ament et al. 2023, arXiv:2310.20708.
/// </summary>
internal static class LogImprovement
{
    private const double LogSqrtTwoPi = 0.918938533204672741780329736405618;
    private const double SqrtHalfPi = 1.25331413731550025120788264240552;
    private const double SqrtHalf = 0.707106781186547524400844362104849;

    /// <summary>ln h(z), and its derivative Φ(z) / h(z).</summary>
    public static (double Log, double Slope) At(double z)
    {
        if (z > -1)
        {
            var mass = Normal.Cdf(z);
            var h = Math.Exp(-0.5 * z * z - LogSqrtTwoPi) + z * mass;
            return (Math.Log(h), mass / h);
        }

        // Φ(z) = φ(z) R with Mills' ratio R, hence h = φ(z) (1 - |z| R).
        var mills = SqrtHalfPi * Normal.ScaledErfc(-z * SqrtHalf);
        var rest = z > -20 ? 1 + z * mills : Tail(z);
        return (-0.5 * z * z - LogSqrtTwoPi + Math.Log(rest), mills / rest);
    }

    // 1 - |z| R(|z|) = 1/z² - 3/z⁴ + 15/z⁶ - ..., an asymptotic series: below 1e-14 of the sum after ten terms from |z| = 20 on.
    private static double Tail(double z)
    {
        var step = 1 / (z * z);
        var (term, sum) = (step, 0.0);
        for (var k = 1; k <= 10; k++)
        {
            sum += term;
            term *= -(2 * k + 1) * step;
        }

        return sum;
    }
}
