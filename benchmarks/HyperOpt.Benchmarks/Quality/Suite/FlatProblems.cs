using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Real axes, always active.</summary>
internal static class FlatProblems
{
    public static IEnumerable<Problem> All =>
    [
        Branin(),
        Hartmann("hartmann-3", HartmannFunction.Three, -3.8627821478207558),
        Hartmann("hartmann-6", HartmannFunction.Six, -3.3223680114155147),
        Classic("sphere-5", 5, Centred.Sphere),
        Classic("ellipsoid-5", 5, Centred.Ellipsoid, isRotated: true),
        Classic("ellipsoid-10", 10, Centred.Ellipsoid),
        Classic("rosenbrock-5", 5, Centred.Rosenbrock),
        Classic("rastrigin-5", 5, Centred.Rastrigin),
        Classic("griewank-5", 5, Centred.Griewank, isRotated: true),
        Classic("ackley-10", 10, Centred.Ackley),
        Classic("levy-10", 10, Centred.Levy, isRotated: true),
        Classic("tang-10", 10, Centred.StyblinskiTang),
        Classic("sphere-20", 20, Centred.Sphere),
        Classic("rosenbrock-20", 20, Centred.Rosenbrock),
        LogScales("log-scales-5", 5),
        Sparse("sparse-20", 20),
    ];

    public static IEnumerable<Problem> HeldOut =>
    [
        Classic("held-sphere-8", 8, Centred.Sphere, isRotated: true),
        Classic("held-ellipsoid-6", 6, Centred.Ellipsoid, isRotated: true),
        Classic("held-rosenbrock-4", 4, Centred.Rosenbrock, isRotated: true),
        Classic("held-rastrigin-8", 8, Centred.Rastrigin, isRotated: true),
        Classic("held-ackley-5", 5, Centred.Ackley, isRotated: true),
        Classic("held-roots-6", 6, Centred.Roots),
        Classic("held-griewank-12", 12, Centred.Griewank),
        LogScales("held-log-scales-8", 8),
    ];

    public static Problem Classic(string name, int dimensions, Func<double[], double> function, bool isRotated = false)
    {
        var axes = Axes.Floats(dimensions);
        var landscape = new Landscape(name, dimensions, function, isRotated);
        return Problem.Of("flat", name, [.. axes], point => landscape.At(point.Get(axes)));
    }

    // Three minima of the same value.
    private static Problem Branin()
    {
        var (x, y) = (Parameter.Float("x", -5, 10), Parameter.Float("y", 0, 15));
        return Problem.Of("flat", "branin-2", [x, y], point => Value(point.Get(x), point.Get(y)), best: 0.39788735772973816);

        static double Value(double x, double y)
        {
            var valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
        }
    }

    private static Problem Hartmann(string name, HartmannFunction function, double best)
    {
        var axes = Axes.Floats(function.Dimensions, 0, 1);
        return Problem.Of("flat", name, [.. axes], point => function.At(point.Get(axes)), best);
    }

    // Rates and decays: from 1e-6 to 1 each, two of them bound to each other.
    private static Problem LogScales(string name, int dimensions)
    {
        FloatParameter[] axes = [.. Enumerable.Range(0, dimensions).Select(i => Parameter.Float($"rate{i}", 1e-6, 1).Log())];
        var landscape = new Landscape(name, dimensions, z => Centred.Sphere(z) + 4 * Math.Pow(z[0] + z[1], 2), reach: 3);
        return Problem.Of("flat", name, [.. axes], point => landscape.At(Array.ConvertAll(point.Get(axes), rate => Math.Log10(rate) + 3)));
    }

    // Many axes, of which three matter, and the others a thousandth as much: what Bergstra and Bengio found hyperparameters to be like.
    private static Problem Sparse(string name, int dimensions)
    {
        var axes = Axes.Floats(dimensions);
        var landscape = new Landscape(name, dimensions, z => Centred.Rosenbrock([z[3] / 2, z[8] / 2, z[15] / 2]) + 0.001 * Centred.Sphere(z));
        return Problem.Of("flat", name, [.. axes], point => landscape.At(point.Get(axes)));
    }
}
