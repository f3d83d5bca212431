using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>How well a model foretells trials that it has not seen: by leaving out one at a time, with the hyperparameters as they are.</summary>
/// <param name="Trials">How many measured trials that is judged by.</param>
/// <param name="RankCorrelation">Of what was foretold and what was measured, over the better half of the trials: from -1 to 1, 0 without skill.</param>
/// <param name="LogScore">
/// The mean logarithm of the density that was foretold for what was measured, less that of a model to which all trials are alike: above 0 where there
/// is something to learn from the parameters.
/// </param>
internal sealed record ModelSkill(int Trials, double RankCorrelation, double LogScore)
{
    /// <summary>With fewer trials there is nothing to judge by.</summary>
    private const int Least = 4;

    /// <summary>No model is surer than this, in units of the losses' spread.</summary>
    private const double LeastVariance = 1e-6;

    /// <summary>The skill of a model of the history's trials; null if too few of those that it keeps were measured. Costs n³/3 for n trials.</summary>
    public static ModelSkill? Of(Posterior model, TrialHistory history)
    {
        var (foretold, variances) = model.LeaveOneOut();
        int[] judged = [.. Enumerable.Range(0, model.Rows.Length).Where(at => model.Model.Data.Read(history, model.Rows[at]) is { Kind: TargetKind.Measured })];
        if (judged.Length < Least)
        {
            return null;
        }

        double[] measured = [.. judged.Select(at => model.Targets[at])];
        var score = 0.0;
        for (var i = 0; i < judged.Length; i++)
        {
            var (mean, variance) = WithoutKnowledge(measured, i);
            score += LogDensity(measured[i], foretold[judged[i]], variances[judged[i]]) - LogDensity(measured[i], mean, variance);
        }

        int[] better = [.. judged.OrderBy(at => model.Targets[at]).ThenBy(at => at).Take((judged.Length + 1) / 2)];
        return new ModelSkill(
            judged.Length, Ranks.Correlation([.. better.Select(at => foretold[at])], [.. better.Select(at => model.Targets[at])]), score / judged.Length);
    }

    // What the mean and the spread of the others foretell.
    private static (double Mean, double Variance) WithoutKnowledge(double[] values, int left)
    {
        var (mean, square, others) = (0.0, 0.0, values.Length - 1);
        for (var i = 0; i < values.Length; i++)
        {
            mean += i == left ? 0 : values[i] / others;
        }

        for (var i = 0; i < values.Length; i++)
        {
            square += i == left ? 0 : (values[i] - mean) * (values[i] - mean);
        }

        return (mean, square / (others - 1) * (1 + 1.0 / others));
    }

    // Up to a constant.
    private static double LogDensity(double value, double mean, double variance)
    {
        var least = Math.Max(variance, LeastVariance);
        return -0.5 * (Math.Log(least) + (value - mean) * (value - mean) / least);
    }
}
