using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Writes down decisions.</summary>
internal static class Verdict
{
    /// <summary>A decision about the report of the largest step.</summary>
    public static PruningDecision Of(string rule, Observation trial, string reason, params ReadOnlySpan<(string Name, double Value)> figures) =>
        At(rule, LastStep.Of(trial.Curve), reason, figures);

    /// <summary>A decision about a step.</summary>
    public static PruningDecision At(string rule, int step, string reason, params ReadOnlySpan<(string Name, double Value)> figures)
    {
        var byName = PruningDecision.NoFigures.ToBuilder();
        foreach (var (name, value) in figures)
        {
            byName[name] = value;
        }

        return new PruningDecision { Rule = rule, Step = step, Reason = reason, Figures = byName.ToImmutable() };
    }
}
