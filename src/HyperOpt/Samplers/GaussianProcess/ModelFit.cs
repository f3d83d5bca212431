using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Finds the hyperparameters and the warp under which the data are most likely.</summary>
internal static class ModelFit
{
    /// <summary>How many trials a model keeps.</summary>
    private const int MostRows = 400;

    /// <summary>How many of them its hyperparameters are fitted to.</summary>
    private const int MostFitted = 200;

    /// <summary>How often the likelihood may be evaluated for a fit.</summary>
    private const int MostEvaluations = 100;

    /// <summary>How often for one to a selection of the trials: it begins where a fit to nearly as many ended.</summary>
    private const int FewEvaluations = 20;

    /// <summary>How many measured values there must be to choose a warp by.</summary>
    private const int LeastToChoose = 6;

    /// <summary>Fits to the first trials of a history.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="history">The trials.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="output">What of them.</param>
    /// <param name="before">The model of the anchor, to begin from; null if there is none.</param>
    public static FittedModel Run(ModelAxes axes, TrialHistory history, int count, ModelOutput output, FittedModel? before)
    {
        var data = new TrainingData(history, count, output);
        double[] measured = [.. data.Measured];
        var kept = RowSelection.Best(data, OutputWarp.Linear(measured), MostRows);
        var fitted = RowSelection.Best(data, OutputWarp.Linear(measured), MostFitted);
        var isSelection = before is not null && fitted.Length < data.Rows.Count;
        var start = before?.Theta ?? HyperParameters.Mode(axes.Count);
        Found? best = null;
        foreach (var warp in WarpsFor(output, measured, count, before))
        {
            var found = Minimise(warp, start);
            best = best is null || found.Score < best.Score ? found : best;
        }

        if (before is not null && FitSchedule.IsAnchor(count) && !isSelection)
        {
            var found = Minimise(best!.Warp, HyperParameters.Mode(axes.Count));
            best = found.Score < best.Score ? found : best;
        }

        return new FittedModel(count, best!.Theta, best.Warp, kept, data);

        Found Minimise(OutputWarp warp, double[] from)
        {
            var (points, targets, variances) = (new ReadOnlyMemory<double>[fitted.Length], new double[fitted.Length], new double[fitted.Length]);
            for (var i = 0; i < fitted.Length; i++)
            {
                points[i] = history.Finished[data.Rows[fitted[i]]].Point.AsMemory();
                (targets[i], variances[i]) = data.In(warp, data.Targets[fitted[i]]);
            }

            var (lower, upper) = HyperParameters.Bounds(axes.Count);
            var most = isSelection ? FewEvaluations : MostEvaluations;
            var search = new BoundedLbfgs(lower, upper) { MaxEvaluations = most, GradientTolerance = 0.02, ValueTolerance = 1e-5, FirstStep = 0.5 };
            var (theta, value) = search.Minimize(new MarginalLikelihood(axes, points, targets, variances).Evaluate, from);
            var jacobian = measured.Sum(warp.LogSlope) * fitted.Length / Math.Max(1, data.Rows.Count);
            return new Found(double.IsNaN(value) ? double.PositiveInfinity : value - jacobian, theta, warp);
        }
    }

    private static IEnumerable<OutputWarp> WarpsFor(ModelOutput output, double[] measured, int count, FittedModel? before)
    {
        if (output.IsConstraint)
        {
            return [OutputWarp.Signed(measured)];
        }

        if (measured.Length < LeastToChoose)
        {
            return [OutputWarp.Linear(measured)];
        }

        return before is null || FitSchedule.IsAnchor(count) || count < 40 ? [OutputWarp.OneSided(measured), OutputWarp.Linear(measured)]
            : before.Warp.IsOneSided ? [OutputWarp.OneSided(measured)]
            : [OutputWarp.Linear(measured)];
    }

    private sealed record Found(double Score, double[] Theta, OutputWarp Warp);
}
