namespace HyperOpt.Trials;

/// <summary>What the finished trials of a history reported at one step, for the first objective.</summary>
public readonly ref struct StepReports
{
    internal StepReports(ReadOnlySpan<int> rows, ReadOnlySpan<double> losses)
    {
        Rows = rows;
        Losses = losses;
    }

    /// <summary>The indices into <see cref="TrialHistory.Finished"/> of the trials that reported the step, ascending.</summary>
    public ReadOnlySpan<int> Rows { get; }

    /// <summary>The loss that each of them reported; perhaps NaN.</summary>
    public ReadOnlySpan<double> Losses { get; }
}
