using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Suggestions by name, for objectives without handles. Each is <see cref="ITrial.Suggest"/> of a parameter made on the spot.</summary>
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

    /// <summary>True or false.</summary>
    public static bool SuggestBool(this ITrial trial, string name)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Suggest(Parameter.Bool(name));
    }
}
