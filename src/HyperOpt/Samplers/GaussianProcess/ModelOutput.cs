using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>What a model is of: the loss of an objective, or how far a constraint is violated.</summary>
/// <param name="IsConstraint">Whether it is a constraint's.</param>
/// <param name="Index">Which objective or constraint.</param>
internal readonly record struct ModelOutput(bool IsConstraint, int Index)
{
    /// <summary>What a trial says of it; null if nothing.</summary>
    public Target? Read(Observation trial, CurveForecast forecast)
    {
        if (IsConstraint)
        {
            return trial.State == TrialState.Failed ? null
                : trial.Violations.Length > Index ? Measured(trial.Violations[Index])
                : trial is { State: TrialState.Pruned, Curve.Objectives: 1 } ? forecast.Of(trial) // it was given up before it said
                : null;
        }

        return trial.State switch
        {
            TrialState.Completed when !trial.Losses.IsEmpty => Measured(trial.Losses[Index]),
            TrialState.Pruned when !trial.Losses.IsEmpty => Index == 0 && trial.Losses.Length == 1 ? forecast.Of(trial) : new Target(TargetKind.Worse, trial.Losses[Index], 0),
            TrialState.Failed when !trial.IsOutside => new Target(TargetKind.Failed, double.PositiveInfinity, 0),
            _ => null,
        };
    }

    private static Target Measured(double value) => new(double.IsPositiveInfinity(value) ? TargetKind.Failed : TargetKind.Measured, value, 0);
}
