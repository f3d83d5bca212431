using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>How an evaluation ended. Without a state the trial is given back.</summary>
internal readonly record struct Outcome(TrialState State, ImmutableArray<double> Values, string? Error, Exception? Exception = null, bool IsReleased = false)
{
    /// <summary>The one answer to values that were returned or told.</summary>
    /// <exception cref="ArgumentException">Their number is wrong.</exception>
    /// <exception cref="InvalidOperationException">A trial of a population has forgotten its checkpoint, its parent's, or its hyperparameters.</exception>
    public static Outcome Of(LiveTrial trial, ImmutableArray<double> values, StudyEngine engine)
    {
        engine.CheckCount(values.IsDefault ? 0 : values.Length);
        var isNumber = !values.Any(double.IsNaN);
        if (isNumber && !trial.WasTold)
        {
            trial.CheckDuty();
        }

        return trial.WasTold ? new Outcome(TrialState.Pruned, isNumber ? values : [], null)
            : isNumber ? new Outcome(TrialState.Completed, values, null)
            : Failed($"A value must be a number, but the objective returned ({string.Join(", ", values)}).");
    }

    public static Outcome Failed(string error, Exception? exception = null) => new(TrialState.Failed, [], error, exception);

    public static Outcome Pruned() => new(TrialState.Pruned, [], null);

    public static Outcome Released(string reason) => new(TrialState.Waiting, [], reason, null, true);
}
