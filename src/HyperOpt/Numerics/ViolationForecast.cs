using System.Collections.Immutable;

namespace HyperOpt.Numerics;

/// <summary>
/// What the losses at one step say of the final violation of one constraint. With several objectives it goes by the one that tells most: the line of least noise.
/// </summary>
/// <param name="objective">Which loss it goes by.</param>
/// <param name="line">The forecast from that.</param>
internal sealed class ViolationForecast(int objective, FinalValueForecast line)
{
    /// <summary>A forecast for each constraint that completed trials had; none if one of them has no finite values.</summary>
    /// <param name="atStep">[trial][objective] the losses at the step of all trials that came so far.</param>
    /// <param name="completed">The losses at the step and the final violations of those that completed.</param>
    public static ImmutableArray<ViolationForecast> Of(IReadOnlyCollection<double[]> atStep, IReadOnlyCollection<(double[] AtStep, ImmutableArray<double> Violations)> completed)
    {
        var constraints = completed.Count == 0 ? 0 : completed.Max(each => each.Violations.Length);
        var forecasts = ImmutableArray.CreateBuilder<ViolationForecast>(constraints);
        for (var constraint = 0; constraint < constraints; constraint++)
        {
            var known = completed.Where(each => each.Violations.Length > constraint).ToArray();
            ViolationForecast? best = null;
            for (var objective = 0; objective < known[0].AtStep.Length; objective++)
            {
                var line = FinalValueForecast.OfViolation(
                    atStep.Select(each => each[objective]), [.. known.Select(each => (each.AtStep[objective], Numbered(each.Violations[constraint])))]);
                best = line is not null && (best is null || line.Noise < best.Noise) ? new ViolationForecast(objective, line) : best;
            }

            if (best is null)
            {
                return [];
            }

            forecasts.Add(best);
        }

        return forecasts.MoveToImmutable();
    }

    /// <summary>How little it tells.</summary>
    private double Noise => line.Noise;

    /// <summary>The probability that a trial with these losses at the step ends within the constraint.</summary>
    public double ChanceToHold(ReadOnlySpan<double> atStep) => line.ChanceBelow(0, atStep[objective]);

    /// <summary>The probability that all of some constraints hold, taken as independent given the step.</summary>
    public static double ChanceThatAllHold(ImmutableArray<ViolationForecast> constraints, ReadOnlySpan<double> atStep)
    {
        var chance = 1.0;
        foreach (var constraint in constraints)
        {
            chance *= constraint.ChanceToHold(atStep);
        }

        return chance;
    }

    private static double Numbered(double violation) => double.IsNaN(violation) ? double.PositiveInfinity : violation;
}
