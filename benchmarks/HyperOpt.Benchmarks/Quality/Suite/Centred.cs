namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>
/// Classic test functions, moved so that the minimum is 0 at the origin. On [-5, 5] in each axis unless said otherwise.
/// </summary>
/// <remarks>The formulas: Jamil and Yang 2013, arXiv:1308.4008; the ellipsoid: Hansen et al. 2009, BBOB, hal.inria.fr/inria-00362633.</remarks>
internal static class Centred
{
    // Where Styblinski and Tang's one-dimensional function has its minimum, and its value there.
    private const double TangAt = -2.9035340277711770;
    private const double TangLeast = -39.16616570377142;

    public static double Sphere(double[] z) => z.Sum(x => x * x);

    /// <summary>Axes whose scales differ by 100: the loss by 10,000.</summary>
    public static double Ellipsoid(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            sum += Math.Pow(10, 4.0 * i / Math.Max(1, z.Length - 1)) * z[i] * z[i];
        }

        return sum;
    }

    public static double Rosenbrock(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < z.Length; i++)
        {
            var (x, next) = (z[i] + 1, z[i + 1] + 1);
            sum += 100 * (next - x * x) * (next - x * x) + (1 - x) * (1 - x);
        }

        return sum;
    }

    public static double Rastrigin(double[] z) => z.Sum(x => x * x + 10 - 10 * Math.Cos(2 * Math.PI * x));

    public static double Ackley(double[] z)
    {
        var (square, wave) = (z.Sum(x => x * x) / z.Length, z.Sum(x => Math.Cos(2 * Math.PI * x)) / z.Length);
        return 20 - 20 * Math.Exp(-0.2 * Math.Sqrt(square)) + Math.E - Math.Exp(wave);
    }

    public static double Levy(double[] z)
    {
        var w = Array.ConvertAll(z, x => 1 + x / 4);
        var sum = Square(Math.Sin(Math.PI * w[0])) + Square(w[^1] - 1) * (1 + Square(Math.Sin(2 * Math.PI * w[^1])));
        for (var i = 0; i + 1 < w.Length; i++)
        {
            sum += Square(w[i] - 1) * (1 + 10 * Square(Math.Sin(Math.PI * w[i] + 1)));
        }

        return sum;
    }

    /// <summary>The waves are shorter than usual, so that there are some on [-5, 5].</summary>
    public static double Griewank(double[] z)
    {
        var (sum, product) = (0.0, 1.0);
        for (var i = 0; i < z.Length; i++)
        {
            sum += z[i] * z[i] / 10;
            product *= Math.Cos(3 * z[i] / Math.Sqrt(i + 1));
        }

        return sum + 1 - product;
    }

    public static double StyblinskiTang(double[] z) => z.Sum(x =>
    {
        var y = x + TangAt;
        return (y * y * y * y - 16 * y * y + 5 * y) / 2 - TangLeast;
    });

    /// <summary>Smooth, but with a sharp valley: the sum of the roots of the distances.</summary>
    public static double Roots(double[] z) => z.Sum(x => Math.Sqrt(Math.Abs(x)));

    /// <summary>Three-hump camel.</summary>
    public static double Camel(double[] z) => 2 * z[0] * z[0] - 1.05 * Math.Pow(z[0], 4) + Math.Pow(z[0], 6) / 6 + z[0] * z[1] + z[1] * z[1];

    private static double Square(double x) => x * x;
}
