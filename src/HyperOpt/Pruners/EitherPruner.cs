using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Gives up a trial when either of two pruners does.</summary>
internal sealed record EitherPruner(IPruner One, IPruner Other) : IPruner
{
    public PruningDecision? Judge(Observation trial, TrialHistory history) => One.Judge(trial, history) ?? Other.Judge(trial, history);
}
