using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Choosing a configuration when evaluations are noisy.</summary>
public static class RecommendationExtensions
{
    private const double Quantile95 = 1.6448536269514722;
    private const int MostContenders = 10;

    /// <summary>
    /// The configuration whose mean is believed to be best, which is not that of the luckiest evaluation: neighbouring trials and repeated ones vouch for
    /// each other through a Gaussian process. Without noise it is that of <see cref="IStudy.Best"/> or its equal.
    /// </summary>
    /// <remarks>
    /// Looks at the completed feasible trials, the 150 best if there are more, whose values are finite. Costs a fraction of a second. Source: Letham et al. 2019,
    /// 10.1214/18-BA1110 (the best posterior mean among the points tried).
    /// </remarks>
    /// <param name="study">A study of one objective.</param>
    /// <exception cref="InvalidOperationException">There are several objectives, or no such trial.</exception>
    public static Recommendation Recommend(this IStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Directions.Length != 1)
        {
            throw new InvalidOperationException($"One configuration is recommended with one objective, but study '{study.Name}' has {study.Directions.Length}. Use ParetoFront.");
        }

        var signs = study.Directions.Signs();
        var (space, trials) = (study.Space, study.Trials);
        var view = NoisyView.Of(space, trials.Where(trial => trial.State == TrialState.Completed).Select(trial => ObservationTranslator.Translate(trial, space, signs)), 1)
            ?? throw new InvalidOperationException(
                $"A recommendation needs a completed and feasible trial of a finite value, but study '{study.Name}' has none among {trials.Count}. Run more trials.");
        var believed = view.Trials
            .GroupBy(trial => string.Join(',', trial.Point), StringComparer.Ordinal)
            .Select(same => (Trial: same.MinBy(trial => trial.Number)!, Count: same.Count(), Belief: view.At(same.First().Point.AsSpan())))
            .OrderBy(each => each.Belief.Mean).ThenBy(each => each.Trial.Number)
            .ToArray();
        var (chosen, evaluations, (mean, deviation)) = believed[0];
        var contenders = believed
            .Where(each => each.Trial == chosen || Normal.Cdf((mean - each.Belief.Mean) / (Math.Sqrt(deviation * deviation + each.Belief.Deviation * each.Belief.Deviation) + 1e-300)) > 0.1)
            .Take(MostContenders)
            .Select(each => trials[each.Trial.Number]);
        var (one, other) = (signs[0] * (mean - Quantile95 * deviation), signs[0] * (mean + Quantile95 * deviation));
        return new Recommendation(
            trials[chosen.Number], signs[0] * mean, Math.Min(one, other), Math.Max(one, other), evaluations, view.Noise, [.. contenders]);
    }

    /// <summary>Evaluates the contenders of <see cref="Recommend"/> again, and recommends anew. Each evaluation is a trial of its own, of the same configuration.</summary>
    /// <param name="study">A study of one objective.</param>
    /// <param name="objective">From a trial to its value; its noise must differ from trial to trial.</param>
    /// <param name="contenders">How many of the contenders, at least 1.</param>
    /// <param name="times">How often each, at least 1.</param>
    /// <exception cref="InvalidOperationException">As of <see cref="Recommend"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static Recommendation Replicate(this IStudy study, Func<ITrial, double> objective, int contenders = 3, int times = 3)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentOutOfRangeException.ThrowIfLessThan(contenders, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        var again = study.Recommend().Contenders.Take(contenders).ToArray();
        for (var time = 0; time < times; time++)
        {
            foreach (var trial in again)
            {
                study.Enqueue([.. Spaces.Assignments.ToAssignments(trial.Parameters)]);
            }
        }

        study.Optimize(objective, new RunOptions { Trials = times * again.Length });
        return study.Recommend();
    }
}
