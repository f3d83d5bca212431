using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Takes from other studies what a new one is to know of them.</summary>
internal static class SourceCapture
{
    /// <summary>More trials tell samplers little more, and a log should stay small.</summary>
    private const int MostTrials = 500;

    /// <summary>The sources of a study with so many objectives.</summary>
    /// <exception cref="ArgumentException">One has another number of objectives.</exception>
    public static ImmutableArray<StudySource> Of(ImmutableArray<IStudy> studies, int objectives) => [.. studies.Select(study => Of(study, objectives))];

    private static StudySource Of(IStudy study, int objectives)
    {
        if (study.Directions.Length != objectives)
        {
            throw new ArgumentException(
                $"A study begins from others with as many objectives, but it has {objectives} and '{study.Name}' has {study.Directions.Length}. Leave that one out of WarmStart.");
        }

        var signs = study.Directions.Signs();
        SourceTrial[] trials = [.. study.Trials
            .Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true } && trial.Values.All(double.IsFinite))
            .Select(trial => new SourceTrial(trial.Parameters, Dominance.LossesOf(trial, signs)))];
        var fronts = Pareto.Ranks(Pareto.Rows([.. trials.Select(trial => trial.Losses)]), objectives); // of one objective: by loss
        trials = [.. trials.Select((trial, at) => (trial, Front: fronts[at])).OrderBy(each => each.Front).Select(each => each.trial)];
        var spaces = new List<SearchSpace>();
        return new StudySource(study.Name, [.. Thinned(trials).Select(trial => trial with { Parameters = Plain(trial.Parameters, spaces) })]);
    }

    // The best half of what is kept, and of the others every so many.
    private static SourceTrial[] Thinned(SourceTrial[] sorted)
    {
        const int Best = MostTrials / 2;
        return sorted.Length <= MostTrials
            ? sorted
            : [.. sorted[..Best], .. Enumerable.Range(0, MostTrials - Best).Select(at => sorted[Best + (int)((long)at * (sorted.Length - Best) / (MostTrials - Best))])];
    }

    // In terms of names and values alone: the other study's changes are its own. Equal spaces are one instance, and written once.
    private static Configuration Plain(Configuration configuration, List<SearchSpace> spaces)
    {
        var space = spaces.Find(known => known.HasSameAxes(configuration.Space));
        if (space is null)
        {
            spaces.Add(space = configuration.Space);
        }

        return new Configuration(space, configuration.Codes);
    }
}
