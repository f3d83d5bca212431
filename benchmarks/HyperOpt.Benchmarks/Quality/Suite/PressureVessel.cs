using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>
/// The cost of a vessel: two plates of standard thickness, a radius and a length, for a given volume. What breaks a law of the design costs more. Sandgren
/// 1990, 10.1115/1.2912596; the optimum is that of Yang et al. 2013, arXiv:1308.6774.
/// </summary>
internal static class PressureVessel
{
    /// <summary>The least cost.</summary>
    public const double Least = 6059.714335048436;

    public static Problem Create()
    {
        var shell = Parameter.Int("shell", 1, 99);
        var head = Parameter.Int("head", 1, 99);
        var radius = Parameter.Float("radius", 10, 200);
        var length = Parameter.Float("length", 10, 200);
        return Problem.Of("mixed", "pressure-vessel-4", [shell, head, radius, length],
            point => Cost(0.0625 * point.Get(shell), 0.0625 * point.Get(head), point.Get(radius), point.Get(length)), Least) with { Resolution = 1e-2 };
    }

    public static double Cost(double shell, double head, double radius, double length)
    {
        var cost = 0.6224 * shell * radius * length + 1.7781 * head * radius * radius + 3.1661 * shell * shell * length + 19.84 * shell * shell * radius;
        var thin = Math.Max(0, 0.0193 * radius - shell) + Math.Max(0, 0.00954 * radius - head);
        var small = Math.Max(0, 1_296_000 - Math.PI * radius * radius * length - 4.0 / 3 * Math.PI * radius * radius * radius);
        return cost + 100_000 * thin + 0.1 * small;
    }
}
