using MathNet.Numerics;

namespace HyperOpt.Numerics;

/// <summary>
/// Bayesian regression on a line, y = a + b·x + noise, with the conjugate prior, so that predictions are Student's t in closed form:
/// (a, b) ~ N((0, b₀), σ²·diag(v_a, v_b)), σ² ~ InverseGamma(α₀, β₀). Source: Gelman et al. 2013, Bayesian Data Analysis, section 14.2.
/// </summary>
internal sealed class ConjugateLine
{
    private readonly double _intercept;
    private readonly double _slope;
    private readonly double _shape;
    private readonly double _spread; // of the noise
    private readonly double _v00; // covariance of (a, b), in units of σ²
    private readonly double _v01;
    private readonly double _v11;

    /// <summary>The posterior of some points.</summary>
    /// <param name="points">x and y, finite.</param>
    /// <param name="prior">What is believed before.</param>
    public ConjugateLine(IEnumerable<(double X, double Y)> points, Prior prior)
    {
        // Precision, precision × mean, and the quadratic form of the prior.
        var (p00, p01, p11) = (1 / prior.InterceptVariance, 0.0, 1 / prior.SlopeVariance);
        var (r0, r1, yy, n) = (0.0, prior.Slope / prior.SlopeVariance, prior.Slope * prior.Slope / prior.SlopeVariance, 0);
        foreach (var (x, y) in points)
        {
            p00++;
            p01 += x;
            p11 += x * x;
            r0 += y;
            r1 += x * y;
            yy += y * y;
            n++;
        }

        var determinant = p00 * p11 - p01 * p01;
        (_v00, _v01, _v11) = (p11 / determinant, -p01 / determinant, p00 / determinant);
        _intercept = _v00 * r0 + _v01 * r1;
        _slope = _v01 * r0 + _v11 * r1;
        _shape = prior.Shape + n / 2.0;
        var scale = prior.Scale + Math.Max(0, yy - _intercept * r0 - _slope * r1) / 2;
        _spread = Math.Sqrt(scale / _shape);
    }

    /// <summary>b: how much y rises with x.</summary>
    public double Slope => _slope;

    /// <summary>The mean, and median, of a new y at x.</summary>
    public double At(double x) => _intercept + _slope * x;

    /// <summary>The spread of y about the line.</summary>
    public double Noise => _spread;

    /// <summary>The probability that a new y at x is below a limit.</summary>
    public double Below(double limit, double x)
    {
        var spread = _spread * Math.Sqrt(1 + _v00 + 2 * _v01 * x + _v11 * x * x);
        return StudentCdf((limit - At(x)) / spread, 2 * _shape);
    }

    /// <summary>P(T ≤ t) of Student's distribution.</summary>
    public static double StudentCdf(double t, double degrees)
    {
        if (double.IsInfinity(t))
        {
            return t > 0 ? 1 : 0;
        }

        var tail = SpecialFunctions.BetaRegularized(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>What is believed before any point.</summary>
    /// <param name="Slope">b₀.</param>
    /// <param name="InterceptVariance">v_a.</param>
    /// <param name="SlopeVariance">v_b.</param>
    /// <param name="Shape">α₀.</param>
    /// <param name="Scale">β₀.</param>
    public readonly record struct Prior(double Slope, double InterceptVariance, double SlopeVariance, double Shape, double Scale);
}
