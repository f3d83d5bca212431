namespace HyperOpt.Numerics;

/// <summary>
/// What a loss at one step says of a final value, a loss or the violation of a constraint: a Bayesian line through the trials that completed, in units of the spread
/// of each, with far values drawn in.
/// </summary>
internal sealed class FinalValueForecast
{
    private const double Farthest = 20; // in asinh units: e^20 / 2 spreads away

    // Final losses follow early ones with a slope somewhat below 1, but any from -1 to 2 is well possible; noise of about a tenth of the spread.
    // Chosen on the tables of `benchmarks pruning` (random search, seeds 1 to 20); see docs/pruners.md.
    private static readonly ConjugateLine.Prior OfLosses = new(0.7, 1, 0.5, 1.5, 0.015);

    // Constraints need not have to do with the loss: no slope is as likely as any, and the noise is about as large as the spread. Not tuned.
    private static readonly ConjugateLine.Prior OfViolations = new(0, 1, 1, 1.5, 1.5);

    private readonly Scale _step;
    private readonly Scale _final;
    private readonly ConjugateLine _line;

    private FinalValueForecast(Scale step, Scale final, ConjugateLine line)
    {
        _step = step;
        _final = final;
        _line = line;
    }

    /// <summary>How far final values are from what is foretold, in units of their spread: the less, the more the step tells.</summary>
    public double Noise => _line.Noise;

    /// <summary>The forecast of a loss; null if the completed trials have no finite losses.</summary>
    /// <param name="atStep">The losses at the step of all trials that came so far.</param>
    /// <param name="completed">The loss at the step and the final one of those that completed.</param>
    public static FinalValueForecast? OfLoss(IEnumerable<double> atStep, IReadOnlyCollection<(double AtStep, double Final)> completed) => From(atStep, completed, OfLosses);

    /// <summary>The forecast of a violation; null if the completed trials have no finite values.</summary>
    /// <param name="atStep">The losses at the step of all trials that came so far.</param>
    /// <param name="completed">The loss at the step and the final violation of those that completed.</param>
    public static FinalValueForecast? OfViolation(IEnumerable<double> atStep, IReadOnlyCollection<(double AtStep, double Final)> completed) => From(atStep, completed, OfViolations);

    private static FinalValueForecast? From(IEnumerable<double> atStep, IReadOnlyCollection<(double AtStep, double Final)> completed, ConjugateLine.Prior prior)
    {
        if (Scale.Of(atStep) is not { } step || Scale.Of(completed.Select(pair => pair.Final)) is not { } final)
        {
            return null;
        }

        var line = new ConjugateLine(completed.Select(pair => (step.Apply(pair.AtStep), final.Apply(pair.Final))), prior);
        return new FinalValueForecast(step, final, line);
    }

    /// <summary>The probability that a trial with this loss at the step ends below a limit.</summary>
    public double ChanceBelow(double limit, double atStep) => _line.Below(_final.Apply(limit), _step.Apply(atStep));

    /// <summary>The median of where a trial with this loss at the step ends.</summary>
    public double Median(double atStep) => _final.Invert(_line.At(_step.Apply(atStep)));

    // asinh((value - median) / interquartile range): a line in the middle, a logarithm far out.
    private readonly record struct Scale(double Centre, double Spread)
    {
        public static Scale? Of(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Where(double.IsFinite).Order()];
            if (sorted.Length == 0)
            {
                return null;
            }

            var centre = sorted[sorted.Length / 2];
            var spread = sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4];
            var least = Math.Max(1e-3 * Math.Abs(centre), 1e-300);
            return new Scale(centre, double.IsFinite(spread) ? Math.Max(spread, least) : double.MaxValue);
        }

        public double Apply(double value) => Math.Clamp(Math.Asinh((value - Centre) / Spread), -Farthest, Farthest);

        public double Invert(double applied) => Centre + Spread * Math.Sinh(Math.Clamp(applied, -Farthest, Farthest));
    }
}
