using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>What a model is of: the loss of an objective, or how far a constraint is violated.</summary>
/// <param name="IsConstraint">Whether it is a constraint's.</param>
/// <param name="Index">Which objective or constraint.</param>
internal readonly record struct ModelOutput(bool IsConstraint, int Index)
{
    /// <summary>What a trial says of it; null if nothing.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="forecast">For a pruned one what its last report says of its end, if that can be told.</param>
    public Target? Read(Observation trial, Func<Observation, EndForecast?> forecast)
    {
        if (IsConstraint)
        {
            return trial.State == TrialState.Failed ? null
                : trial.Violations.Length > Index ? Measured(trial.Violations[Index])
                : trial.State == TrialState.Pruned && forecast(trial) is { } end && end.Violations.Length > Index ? Forecast(end.Violations[Index].At(trial.Curve.LossesAt(trial.Curve.Count - 1)))
                : null;
        }

        return trial.State switch
        {
            TrialState.Completed when !trial.Losses.IsEmpty => Measured(trial.Losses[Index]),
            TrialState.Pruned when !trial.Losses.IsEmpty => OfPruned(trial, forecast),
            TrialState.Failed when !trial.IsOutside => new Target(TargetKind.Failed, double.PositiveInfinity, 0),
            _ => null,
        };
    }

    // With several objectives it is as bad as it was.
    private Target OfPruned(Observation trial, Func<Observation, EndForecast?> forecast)
    {
        if (trial.Losses.Length == 1 && forecast(trial)?.Loss is { } line)
        {
            var loss = trial.Curve.Loss(trial.Curve.Count - 1);
            return Forecast((line.Median(loss), line.Spread(loss)));
        }

        return new Target(double.IsPositiveInfinity(trial.Losses[Index]) ? TargetKind.Failed : TargetKind.Worse, trial.Losses[Index], 0);
    }

    private static Target Forecast((double Value, double Spread) end) => new(TargetKind.Forecast, end.Value, end.Spread);

    private static Target Measured(double value) => new(double.IsPositiveInfinity(value) ? TargetKind.Failed : TargetKind.Measured, value, 0);
}
