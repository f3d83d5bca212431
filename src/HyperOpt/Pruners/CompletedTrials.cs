using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Counts completed trials.</summary>
internal static class CompletedTrials
{
    public static bool IsAtLeast(int trials, TrialHistory history)
    {
        var finished = history.Finished;
        for (var i = 0; i < finished.Count && trials > 0; i++)
        {
            trials -= finished[i].State == TrialState.Completed ? 1 : 0;
        }

        return trials <= 0;
    }
}
