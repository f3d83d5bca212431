using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Asks another pruner only about reports of a later step, and once enough trials have completed.</summary>
internal sealed record WarmupPruner(IPruner Wrapped, int Steps, int Trials) : IPruner
{
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(history);
        return Reaches(trial.Curve.Steps) && CompletedTrials.IsAtLeast(Trials, history) ? Wrapped.Judge(trial, history) : null;
    }

    private bool Reaches(ReadOnlySpan<int> steps)
    {
        foreach (var step in steps)
        {
            if (step >= Steps)
            {
                return true;
            }
        }

        return false;
    }
}
