using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Suggestions by name, for objectives without handles: each is <see cref="ITrial.Suggest"/> of a parameter made on the spot. And what else a trial may be told.</summary>
public static class TrialExtensions
{
    /// <summary>A real number in [low, high].</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="log">Whether the scale is logarithmic.</param>
    /// <param name="step">The distance between neighbours; null for a continuum.</param>
    public static double SuggestFloat(this ITrial trial, string name, double low, double high, bool log = false, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var parameter = Parameter.Float(name, low, high);
        parameter = step is { } width ? parameter.Step(width) : parameter;
        return trial.Suggest(log ? parameter.Log() : parameter);
    }

    /// <summary>A whole number in [low, high].</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="log">Whether the scale is logarithmic.</param>
    /// <param name="step">The distance between neighbours.</param>
    public static int SuggestInt(this ITrial trial, string name, int low, int high, bool log = false, int step = 1)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var parameter = Parameter.Int(name, low, high);
        parameter = step == 1 ? parameter : parameter.Step(step);
        return trial.Suggest(log ? parameter.Log() : parameter);
    }

    /// <summary>One of some values without an order.</summary>
    public static T SuggestCategorical<T>(this ITrial trial, string name, params ReadOnlySpan<T> values)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Suggest(Parameter.Categorical(name, values));
    }

    /// <summary>Says what the trial costs, for samplers that weigh it (<see cref="Samplers.TrialCost.Reported"/>). The last report counts.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="cost">In any unit, the same for all trials.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    public static void ReportCost(this ITrial trial, double cost)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (!(cost > 0) || !double.IsFinite(cost))
        {
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "A cost must be positive and finite, for ratios of costs are weighed. Report what it took, at least a little.");
        }

        trial.SetAttribute(FrozenTrial.CostAttribute, cost);
    }

    /// <summary>True or false.</summary>
    public static bool SuggestBool(this ITrial trial, string name)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Suggest(Parameter.Bool(name));
    }
}
