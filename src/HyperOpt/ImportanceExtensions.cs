using HyperOpt.Analysis;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Which parameters matter.</summary>
public static class ImportanceExtensions
{
    private const int LeastTrials = 10;

    /// <summary>
    /// How much of the variance of the target each parameter of the space explains, alone and together with others, from the trials so far. Failed trials, those still running or
    /// waiting, and those without a finite target are left out, pruned ones unless <see cref="ImportanceOptions.IncludePruned"/>. Infeasible ones count.
    /// </summary>
    /// <remarks>
    /// A parameter that is inactive in a trial has no effect on it; over the space, each combination of parent values counts by its share of the space. A parameter without
    /// a declared condition that some trials did not ask for depends on the finite parameter whose value tells in which, if there is one; otherwise it counts as active.
    /// </remarks>
    /// <param name="study">The study.</param>
    /// <param name="options">How; default the study's only objective, by <see cref="GaussianProcessImportance"/>.</param>
    /// <exception cref="InvalidOperationException">There are fewer than 10 such trials, all have one value or one configuration, or there are several objectives and none was chosen.</exception>
    /// <exception cref="ArgumentException">Both an objective and a target are given, or there is no such objective.</exception>
    public static ImportanceReport Importance(this IStudy study, ImportanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        options ??= new ImportanceOptions();
        var (target, title) = TargetOf(study, options);
        var (space, trials) = (study.Space, study.Trials);
        var used = trials
            .Where(trial => trial.State == TrialState.Completed || (options.IncludePruned && trial.State == TrialState.Pruned && !trial.Values.IsEmpty))
            .Select(trial => (Trial: trial, Loss: target(trial)))
            .Where(each => double.IsFinite(each.Loss))
            .ToArray();
        double[] losses = [.. used.Select(each => each.Loss)];
        if (losses.Length < LeastTrials)
        {
            throw new InvalidOperationException(
                $"Importance needs at least {LeastTrials} completed trials of a finite target, but study '{study.Name}' has {losses.Length} among {trials.Count}. Run more trials.");
        }

        if (options.Quantile < 1)
        {
            var limit = losses.Order().ElementAt((int)Math.Ceiling(options.Quantile * losses.Length) - 1);
            losses = [.. losses.Select(loss => Math.Min(loss, limit))];
        }

        var data = new ImportanceData(space, [.. used.Select(each => ObservationTranslator.PointOf(each.Trial.Parameters, space).ToArray())], losses, options.Seed);
        if (losses.Max() == losses.Min() || data.Varied.Length == 0)
        {
            throw new InvalidOperationException(
                losses.Max() > losses.Min() ? $"Importance compares configurations, but all {losses.Length} trials of study '{study.Name}' have the same one. Vary a parameter."
                : options.Quantile < 1 ? FormattableString.Invariant($"Importance is a share of the variance, but the values of the {losses.Length} trials of study '{study.Name}' are all one within the best {options.Quantile:P0}. Raise Quantile, or run more trials.")
                : FormattableString.Invariant($"Importance is a share of the variance, but all {losses.Length} trials of study '{study.Name}' have the value {losses[0]}. Choose another target, or vary what matters to it."));
        }

        return new ImportanceReport(options.Evaluator.Title, title, data, options.Evaluator.Evaluate(data), trials.Count - used.Length);
    }

    private static (Func<FrozenTrial, double> Target, string Title) TargetOf(IStudy study, ImportanceOptions options)
    {
        var limited = options.Quantile < 1 ? FormattableString.Invariant($" within the best {options.Quantile:P0}") : "";
        if (options.Target is { } target)
        {
            return options.Objective is null
                ? (target, "a target" + limited)
                : throw new ArgumentException("Either Objective or Target may be given, but both are. Leave one out.", nameof(options));
        }

        var count = study.Directions.Length;
        var index = options.Objective ?? (count == 1
            ? 0
            : throw new InvalidOperationException($"Importance is for one objective, but study '{study.Name}' has {count}. Set Objective to one of 0 to {count - 1}, or Target to a function of the trial."));
        if (index < 0 || index >= count)
        {
            throw new ArgumentException($"0 <= Objective < {count} must hold for study '{study.Name}', but it is {index}. Correct it.", nameof(options));
        }

        var sign = study.Directions[index].Sign();
        return (trial => trial.Values.Length > index ? sign * trial.Values[index] : double.NaN, (count == 1 ? "the objective" : $"objective {index}") + limited);
    }
}
