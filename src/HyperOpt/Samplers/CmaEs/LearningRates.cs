using HyperOpt.Numerics;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// How much of an update is made: as much as keeps the ratio of signal to noise of the updates so far constant. For noisy and rugged losses.
/// Nomura, Akimoto and Ono 2023, arXiv:2304.03473. Immutable.
/// </summary>
internal sealed record LearningRates
{
    private const double TargetRatio = 1.4; // α of section 4
    private const double Damping = 0.1; // γ

    private LearningRates(Track mean, Track covariance) => (Mean, Covariance) = (mean, covariance);

    /// <summary>Full speed, nothing known.</summary>
    public static LearningRates Begin { get; } = new(new Track(0.1, [], 0, 1), new Track(0.03, [], 0, 1));

    /// <summary>η_m and what it is based on.</summary>
    public Track Mean { get; }

    /// <summary>η_Σ and what it is based on.</summary>
    public Track Covariance { get; }

    /// <summary>The part of the way from one distribution to the next that is gone; null if what comes of it is no distribution.</summary>
    public Gaussian? Damp(Gaussian before, Gaussian after)
    {
        var ratio = after.Sigma * after.Sigma / (before.Sigma * before.Sigma);
        var step = new double[before.Mean.Length];
        for (var j = 0; j < step.Length; j++)
        {
            step[j] = before.StepTo(j, after.Mean[j]);
        }

        var shapeChange = before.Shape.ChangeTo(after.Shape, ratio);
        for (var k = 0; k < shapeChange.Length; k++)
        {
            shapeChange[k] /= Math.Sqrt(2);
        }

        var (mean, covariance) = (Mean.After(before.Shape.Whiten(step)), Covariance.After(shapeChange));
        if (before.Shape.Towards(after.Shape, ratio, covariance.Rate) is not var (shape, scale))
        {
            return null;
        }

        var centre = new double[step.Length];
        for (var j = 0; j < centre.Length; j++)
        {
            centre[j] = before.Mean[j] + mean.Rate * (after.Mean[j] - before.Mean[j]);
        }

        var sigma = before.Sigma * Math.Sqrt(scale) * Mean.Rate / mean.Rate; // slower steps may be longer, section 4.3
        return double.IsFinite(sigma) && sigma > 0
            ? after with { Mean = centre, Sigma = sigma, Shape = shape, Rates = new LearningRates(mean, covariance) }
            : null;
    }

    /// <summary>Moving averages of the updates of one parameter, in its own units.</summary>
    /// <param name="Decay">β.</param>
    /// <param name="Average">E, empty before the first.</param>
    /// <param name="Square">V, of squared lengths.</param>
    /// <param name="Rate">η.</param>
    internal sealed record Track(double Decay, double[] Average, double Square, double Rate)
    {
        public Track After(double[] change)
        {
            var average = new double[change.Length];
            var (square, squareOfAverage) = (0.0, 0.0);
            for (var k = 0; k < change.Length; k++)
            {
                average[k] = (Average.Length == 0 ? 0 : (1 - Decay) * Average[k]) + Decay * change[k];
                square += change[k] * change[k];
                squareOfAverage += average[k] * average[k];
            }

            square = (1 - Decay) * Square + Decay * square;
            var signal = squareOfAverage - Decay / (2 - Decay) * square;
            var noise = square - squareOfAverage;
            if (!(noise > 0))
            {
                return this with { Average = average, Square = square };
            }

            var relative = Math.Clamp(signal / noise / (TargetRatio * Rate) - 1, -1, 1);
            var rate = Math.Min(1, Rate * Math.Exp(Math.Min(Damping * Rate, Decay) * relative));
            return new Track(Decay, average, square, rate);
        }
    }
}
