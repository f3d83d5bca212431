using HyperOpt.Spaces;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>Varies one coordinate, by the kind of its axis.</summary>
internal static class Perturbation
{
    /// <summary>The coordinate of a value near that of another.</summary>
    /// <param name="axis">The parameter.</param>
    /// <param name="unit">The other's coordinate, in [0,1].</param>
    /// <param name="explore">How to vary.</param>
    /// <param name="random">The chance.</param>
    public static double Vary(Parameter axis, double unit, Explore explore, Random random)
    {
        if (explore.Deviation > 0)
        {
            var noise = explore.Deviation * Normal(random);
            return axis.IsOrdered ? Math.Clamp(unit + noise, 0, 1) : unit;
        }

        if (random.NextDouble() < explore.Resample)
        {
            return random.NextDouble();
        }

        var isUp = random.NextDouble() < 0.5;
        return !axis.IsOrdered || axis.Cardinality == 1 || explore.Factor == 1 ? unit : Scale(axis, unit, explore.Factor, isUp);
    }

    private static double Scale(Parameter axis, double unit, double factor, bool isUp)
    {
        var code = axis.CodeAt(unit);
        var scaled = axis switch
        {
            FloatParameter real => Scale(real.Low, real.High, real.IsLog, code, factor, isUp),
            IntParameter whole => Scale(whole.Low, whole.High, whole.IsLog, code, factor, isUp),
            _ => code + (isUp ? 1 : -1),
        };
        if (axis.Cardinality is not { } levels)
        {
            return axis.UnitOf(scaled);
        }

        // By one level at the least, or small numbers would never change: 2 times 1.2 rounds to 2.
        var from = axis.LevelOf(code);
        var to = Math.Clamp(axis.LevelOf(scaled), 0, levels - 1);
        to = to == from ? Math.Clamp(from + Math.Sign(scaled - code), 0, levels - 1) : to;
        return axis.UnitOf(axis.CodeOfLevel(to));
    }

    private static double Scale(double low, double high, bool isLog, double value, double factor, bool isUp)
    {
        var holdsZero = low <= 0 && high >= 0;
        var scaled = isLog || !holdsZero
            ? value * (isUp ? factor : 1 / factor)
            : value + (isUp ? factor - 1 : 1 - factor) * (high / 2 - low / 2) * 2;
        return Math.Clamp(scaled, low, high);
    }

    // Box and Muller 1958, 10.1214/aoms/1177706645.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
