using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>
/// Several losses. ZDT: Zitzler, Deb and Thiele 2000, 10.1162/106365600568202; DTLZ: Deb et al. 2002, 10.1109/CEC.2002.1007032; Kursawe 1991,
/// 10.1007/BFb0029752. The largest volumes are those of the whole front, by its formula (see <see cref="Front"/>).
/// </summary>
internal static class SeveralObjectives
{
    public static IEnumerable<Problem> All =>
    [
        Zdt("zdt1-6", 6, Convex),
        Zdt("zdt2-6", 6, Concave),
        Zdt("zdt3-6", 6, Broken),
        Dtlz2("dtlz2-5", 5),
        Dtlz7("dtlz7-5", 5),
        TwoSpheres("two-spheres-mixed-5"),
    ];

    public static IEnumerable<Problem> HeldOut =>
    [
        Zdt("held-zdt-4", 4, (x, g) => 1 - Math.Pow(x / g, 0.25)),
        Dtlz2("held-dtlz2-8", 8),
        TwoSpheres("held-two-spheres-mixed-5"),
    ];

    /// <summary>The first five in the dimensions of their papers, for evolutionary searches of many trials.</summary>
    public static IEnumerable<Problem> Standard =>
    [
        .. new[] { Zdt("zdt1-30", 30, Convex), Zdt("zdt2-30", 30, Concave), Zdt("zdt3-30", 30, Broken), Dtlz2("dtlz2-12", 12), Dtlz7("dtlz7-22", 22) }
            .Select(problem => problem with { Family = "standard" }),
    ];

    private static double Convex(double x, double g) => 1 - Math.Sqrt(x / g);

    private static double Concave(double x, double g) => 1 - x / g * (x / g);

    private static double Broken(double x, double g) => 1 - Math.Sqrt(x / g) - x / g * Math.Sin(10 * Math.PI * x);

    // The first loss is x0; g, from 1 to 10, grows with the others; the second is g times a function of both.
    private static Problem Zdt(string name, int dimensions, Func<double, double, double> shape)
    {
        var axes = Axes.Floats(dimensions, 0, 1);
        double[] reference = [1.1, 6];
        return Several(name, [.. axes], reference, Front.Area(x => shape(x, 1), 0, 1, reference), point =>
        {
            var x = point.Get(axes);
            var g = 1 + 9 * x[1..].Average();
            return [x[0], g * shape(x[0], g)];
        });
    }

    // A piece of a sphere; the axes past the second lead away from it.
    private static Problem Dtlz2(string name, int dimensions)
    {
        var axes = Axes.Floats(dimensions, 0, 1);
        return Several(name, [.. axes], [2, 2, 2], 8 - Math.PI / 6, point =>
        {
            var x = point.Get(axes);
            var radius = 1 + x[2..].Sum(value => (value - 0.5) * (value - 0.5));
            var (a, b) = (x[0] * Math.PI / 2, x[1] * Math.PI / 2);
            return [radius * Math.Cos(a) * Math.Cos(b), radius * Math.Cos(a) * Math.Sin(b), radius * Math.Sin(a)];
        });
    }

    // Four separate pieces of front.
    private static Problem Dtlz7(string name, int dimensions)
    {
        var axes = Axes.Floats(dimensions, 0, 1);
        double[] reference = [1.1, 1.1, 20];
        return Several(name, [.. axes], reference, Front.Volume((x, y) => Last(x, y, 2), reference), point =>
        {
            var x = point.Get(axes);
            return [x[0], x[1], Last(x[0], x[1], 2 + 9 * x[2..].Average())];
        });

        static double Last(double x, double y, double grown) => 3 * grown - x * (1 + Math.Sin(3 * Math.PI * x)) - y * (1 + Math.Sin(3 * Math.PI * y));
    }

    // How far from each of two points, in real and whole axes; one of three categories is as good as it gets for both.
    private static Problem TwoSpheres(string name)
    {
        var axes = Axes.Floats(3, -2, 2);
        var whole = Parameter.Int("n", -3, 3);
        var choice = Parameter.Categorical("choice", "a", "b", "c");
        var (one, other) = (new Landscape(name + "/1", 3, Centred.Sphere, reach: 2), new Landscape(name + "/2", 3, Centred.Sphere, reach: 2));
        var apart = Math.Sqrt(one.At([.. other.Optimum]));
        double[] reference = [25, 25];
        return Several(name, Axes.Space(axes, [whole, choice]), reference, Front.Area(first => Math.Pow(apart - Math.Sqrt(first), 2), 0, apart * apart, reference), point =>
        {
            var off = Math.Pow(point.Get(whole) - 1, 2);
            var (x, cost) = (point.Get(axes), point.Get(choice) switch { "a" => 0.8, "b" => 0, _ => 0.4 });
            return [one.At(x) + off + cost, other.At(x) + off + 2 * cost];
        });
    }

    private static Problem Several(string name, SearchSpace space, double[] reference, double best, Func<IPoint, double[]> losses) =>
        new() { Name = name, Family = "multi", Space = space, Reference = [.. reference], Best = best, Losses = losses, Resolution = 1e-4 };
}
