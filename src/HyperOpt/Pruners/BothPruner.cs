using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Gives up a trial when two pruners do.</summary>
internal sealed record BothPruner(IPruner One, IPruner Other) : IPruner
{
    public PruningDecision? Judge(Observation trial, TrialHistory history) =>
        One.Judge(trial, history) is { } one && Other.Judge(trial, history) is { } other
            ? new PruningDecision
            {
                Rule = $"{one.Rule} and {other.Rule}",
                Step = Math.Max(one.Step, other.Step),
                Reason = $"{one.Reason}; and {other.Reason}",
                Figures = one.Figures.AddRange(other.Figures.Where(figure => !one.Figures.ContainsKey(figure.Key))),
            }
            : null;
}
