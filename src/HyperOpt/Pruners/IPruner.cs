using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Decides which trials to give up early. A pure function of its arguments: it holds no state.</summary>
public interface IPruner
{
    /// <summary>Whether to give up a trial after its latest report, and why; null to let it go on.</summary>
    /// <param name="trial">The trial under way: its point and its curve so far, which has at least one report.</param>
    /// <param name="history">The trials that may be compared with.</param>
    PruningDecision? Judge(Observation trial, TrialHistory history);
}
