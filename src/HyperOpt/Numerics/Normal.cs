using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>
/// The standard normal distribution, to about 16 digits, in the tails too.
/// Sources: erfc by Cody 1969, 10.1090/S0025-5718-1969-0247736-4; the quantile by Wichura 1988 (AS 241), 10.2307/2347330.
/// </summary>
internal static class Normal
{
    private const double SqrtHalf = 0.707106781186547524400844362104849;
    private const double InverseSqrtPi = 0.564189583547756286948079451560773;

    /// <summary>Φ(x), the mass below x.</summary>
    public static double Cdf(double x) => 0.5 * Erfc(-x * SqrtHalf);

    /// <summary>ln Φ(x), of full relative precision down to x = -1e150 and below.</summary>
    public static double LogCdf(double x)
    {
        if (x > 6)
        {
            var above = Cdf(-x);
            return -above * (1 + above / 2); // ln(1 - p), p < 1e-9
        }

        var z = -x * SqrtHalf;
        return z < 0.5 ? Math.Log(0.5 * Erfc(z)) : Math.Log(0.5 * ScaledErfc(z)) - z * z;
    }

    /// <summary>ln(Φ(high) - Φ(low)) for low &lt;= high, without cancellation in either tail; -∞ if they are equal.</summary>
    public static double LogMass(double low, double high)
    {
        if (low > 0)
        {
            (low, high) = (-high, -low);
        }

        if (high <= 0)
        {
            var upper = LogCdf(high);
            return upper + Log1mExp(LogCdf(low) - upper);
        }

        return Log1p(-Cdf(low) - Cdf(-high));
    }

    /// <summary>The x with Φ(x) = p. 0 and 1 give the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * Polynomial(r, CentreNumerator) / Polynomial(r, CentreDenominator);
        }

        var tail = q < 0 ? p : 1 - p;
        if (tail <= 0)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var s = Math.Sqrt(-Math.Log(tail));
        var x = s <= 5
            ? Polynomial(s - 1.6, MiddleNumerator) / Polynomial(s - 1.6, MiddleDenominator)
            : Polynomial(s - 5, FarNumerator) / Polynomial(s - 5, FarDenominator);
        return q < 0 ? -x : x;
    }

    /// <summary>Puts the quantile in the place of each probability: the same to the last bit, the centre in vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantiles(Span<double> probabilities)
    {
        const int lanes = 4;
        for (var from = 0; from < probabilities.Length; from += lanes)
        {
            var rest = probabilities[from..];
            if (rest.Length < lanes)
            {
                Span<double> padded = stackalloc double[lanes];
                padded.Fill(0.5);
                rest.CopyTo(padded);
                Quantiles(padded);
                padded[..rest.Length].CopyTo(rest);
                return;
            }

            var q = Vector256.Create<double>(rest) - Vector256.Create(0.5);
            var inTails = Vector256.GreaterThan(Vector256.Abs(q), Vector256.Create(0.425)).ExtractMostSignificantBits();
            var r = Vector256.Create(0.180625) - q * q;
            var central = q * Polynomial(r, CentreNumerator) / Polynomial(r, CentreDenominator);
            for (; inTails != 0; inTails &= inTails - 1)
            {
                var lane = BitOperations.TrailingZeroCount(inTails);
                central = central.WithElement(lane, Quantile(rest[lane]));
            }

            central.CopyTo(rest);
        }
    }

    /// <summary>The quantile of the part between two bounds; the nearer bound where that has no mass to speak of.</summary>
    /// <param name="low">The lower bound, perhaps -∞.</param>
    /// <param name="high">The upper bound, perhaps ∞.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Truncated(double low, double high, double p)
    {
        if (low > 0)
        {
            return -Truncated(-high, -low, 1 - p); // the lower tail has the finer numbers
        }

        var (below, upTo) = (Cdf(low), Cdf(high));
        var x = upTo - below < 1e-300 ? high : Quantile(Math.Max(below + p * (upTo - below), 1e-300));
        return Math.Clamp(x, low, high);
    }

    /// <summary>erfc(x) = 1 - erf(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Erfc(double x)
    {
        var y = Math.Abs(x);
        if (y <= 0.46875)
        {
            return 1 - Erf(x);
        }

        if (y > 27)
        {
            return x > 0 ? 0 : 2; // below the smallest normal number, or rounded to 2
        }

        // e^{-y²} with the square split in two, so that its rounding error does not grow with y.
        var coarse = Math.Truncate(y * 16) / 16;
        var result = Math.Exp(-coarse * coarse) * Math.Exp(-(y - coarse) * (y + coarse)) * ScaledErfc(y);
        return x > 0 ? result : 2 - result;
    }

    /// <summary>e^{x²} erfc(x) for x &gt;= 0.46875.</summary>
    public static double ScaledErfc(double x)
    {
        if (x <= 4)
        {
            return Rational(x, MidP, MidQ);
        }

        var z = 1 / (x * x);
        return (InverseSqrtPi - z * Rational(z, FarP, FarQ)) / x;
    }

    private static double Erf(double x)
    {
        var z = x * x;
        return x * Rational(z, NearP, NearQ);
    }

    // ln(1 - e^x) for x < 0: Mächler 2012, "Accurately computing log(1 - exp(-|a|))".
    private static double Log1mExp(double x) => x > -0.693147180559945309 ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    private static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1); // Kahan's correction
    }

    private static double Expm1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : (u - 1) * x / Math.Log(u); // Kahan's correction
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(double x, ReadOnlySpan<double> ascending)
    {
        var sum = ascending[^1];
        for (var i = ascending.Length - 2; i >= 0; i--)
        {
            sum = sum * x + ascending[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(Vector256<double> x, ReadOnlySpan<double> ascending)
    {
        var sum = Vector256.Create(ascending[^1]);
        for (var i = ascending.Length - 2; i >= 0; i--)
        {
            sum = sum * x + Vector256.Create(ascending[i]);
        }

        return sum;
    }

    // Cody's order: the last coefficient of the numerator leads, the denominator is monic.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Rational(double x, ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var numerator = p[^1] * x;
        var denominator = x;
        for (var i = 0; i < q.Length - 1; i++)
        {
            numerator = (numerator + p[i]) * x;
            denominator = (denominator + q[i]) * x;
        }

        return (numerator + p[^2]) / (denominator + q[^1]);
    }

    private static ReadOnlySpan<double> NearP =>
        [3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3, 1.85777706184603153e-1];

    private static ReadOnlySpan<double> NearQ => [2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];

    private static ReadOnlySpan<double> MidP =>
    [
        5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2,
        1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3, 2.15311535474403846e-8,
    ];

    private static ReadOnlySpan<double> MidQ =>
    [
        1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];

    private static ReadOnlySpan<double> FarP =>
        [3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4, 1.63153871373020978e-2];

    private static ReadOnlySpan<double> FarQ =>
        [2.56852019228982242e0, 1.87295284992346047e0, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    private static ReadOnlySpan<double> CentreNumerator =>
    [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
        45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ];

    private static ReadOnlySpan<double> CentreDenominator =>
    [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
        21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
    ];

    private static ReadOnlySpan<double> MiddleNumerator =>
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> MiddleDenominator =>
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
        0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarNumerator =>
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
        0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarDenominator =>
    [
        1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
