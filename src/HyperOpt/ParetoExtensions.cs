using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>
/// Measures of a study of several objectives. All of them look at the completed feasible trials, in terms of the study's own values and directions: a trial
/// dominates another if it is nowhere worse and somewhere better.
/// </summary>
public static class ParetoExtensions
{
    /// <summary>
    /// The trials front after front: first <see cref="IStudy.ParetoFront"/>, then what that is without those, and so on. Equal values stand in the same front.
    /// With one objective, the trials by value.
    /// </summary>
    /// <remarks>Of two objectives 10,000 trials take milliseconds.</remarks>
    /// <param name="study">The study.</param>
    /// <returns>The fronts, each by number.</returns>
    public static ImmutableArray<ImmutableArray<FrozenTrial>> ParetoFronts(this IStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Dominance.FrontsOf(study.Trials, study.Directions.Signs());
    }

    /// <summary>The volume that the trials dominate up to a reference point, exactly: the more, the better.</summary>
    /// <remarks>
    /// Trials that are not better than the reference in every objective add nothing. Up to three objectives take O(n log n) for a front of n trials; many
    /// more grow costly quickly. Source: Zitzler and Thiele 1999, 10.1109/4235.797969.
    /// </remarks>
    /// <param name="study">The study.</param>
    /// <param name="reference">A value for each objective, worse than those of interest. Infinitely bad: the volume is infinite.</param>
    /// <returns>At least 0, in the product of the objectives' units.</returns>
    /// <exception cref="ArgumentException">There is not one value for each objective, or one is NaN.</exception>
    public static double Hypervolume(this IStudy study, params ReadOnlySpan<double> reference)
    {
        ArgumentNullException.ThrowIfNull(study);
        var signs = study.Directions.Signs();
        var point = Losses(reference, signs, "A reference point");
        return Numerics.Hypervolume.Of(RowsOf(study, signs), point);
    }

    /// <summary>How the volume of <see cref="Hypervolume"/> grew: for each trial, what it and those of lower numbers dominate.</summary>
    /// <param name="study">The study.</param>
    /// <param name="reference">As there.</param>
    /// <returns>A number for each trial of the study, of any state; never falling.</returns>
    /// <exception cref="ArgumentException">As there.</exception>
    public static ImmutableArray<double> HypervolumeHistory(this IStudy study, params ReadOnlySpan<double> reference)
    {
        ArgumentNullException.ThrowIfNull(study);
        var signs = study.Directions.Signs();
        var volume = new GrowingHypervolume(Losses(reference, signs, "A reference point"));
        var history = ImmutableArray.CreateBuilder<double>();
        foreach (var trial in study.Trials)
        {
            if (trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true })
            {
                volume.Add(Dominance.LossesOf(trial, signs).AsSpan());
            }

            history.Add(volume.Volume);
        }

        return history.ToImmutable();
    }

    /// <summary>
    /// How far the trials are from a front that they should have reached (IGD+): the mean over its vectors of the distance to the nearest trial, where only
    /// those objectives count in which the trial is worse.
    /// </summary>
    /// <remarks>Source: Ishibuchi et al. 2015, 10.1007/978-3-319-15892-1_8.</remarks>
    /// <param name="study">The study.</param>
    /// <param name="front">At least one vector of values.</param>
    /// <returns>At least 0, and 0 if each vector is equalled or dominated; infinite without a trial to measure.</returns>
    /// <exception cref="ArgumentException">The front is empty, a vector has not one value for each objective, or a value is NaN.</exception>
    public static double DistanceTo(this IStudy study, IEnumerable<ImmutableArray<double>> front)
    {
        ArgumentNullException.ThrowIfNull(study);
        var signs = study.Directions.Signs();
        return FrontDistance.Inverted(RowsOf(study, signs), FrontOf(front, signs), signs.Length);
    }

    /// <summary>The additive epsilon: the least number by which every value of every trial must get better for each vector of a front to be equalled or dominated.</summary>
    /// <remarks>Objectives of different units count as they are. Source: Zitzler et al. 2003, 10.1109/TEVC.2003.810758.</remarks>
    /// <param name="study">The study.</param>
    /// <param name="front">At least one vector of values.</param>
    /// <returns>Negative if the trials are better everywhere; infinite without a trial to measure.</returns>
    /// <exception cref="ArgumentException">The front is empty, a vector has not one value for each objective, or a value is NaN.</exception>
    public static double EpsilonTo(this IStudy study, IEnumerable<ImmutableArray<double>> front)
    {
        ArgumentNullException.ThrowIfNull(study);
        var signs = study.Directions.Signs();
        return FrontDistance.Epsilon(RowsOf(study, signs), FrontOf(front, signs), signs.Length);
    }

    private static double[] RowsOf(IStudy study, ImmutableArray<double> signs) =>
        Pareto.Rows([.. study.Trials.Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true }).Select(trial => Dominance.LossesOf(trial, signs))]);

    private static double[] FrontOf(IEnumerable<ImmutableArray<double>> front, ImmutableArray<double> signs)
    {
        ArgumentNullException.ThrowIfNull(front);
        double[] rows = [.. front.SelectMany(vector => Losses(vector.AsSpan(), signs, "A vector of the front"))];
        return rows.Length > 0 ? rows : throw new ArgumentException("A front must have a vector to be compared with, but it is empty. Give at least one.", nameof(front));
    }

    private static double[] Losses(ReadOnlySpan<double> values, ImmutableArray<double> signs, string what)
    {
        if (values.Length != signs.Length)
        {
            throw new ArgumentException($"{what} must have a value for each objective, but there are {values.Length} for {signs.Length}. Give them all.");
        }

        if (values.Contains(double.NaN))
        {
            throw new ArgumentException($"{what} must have numbers for values, but one is NaN. Correct it.");
        }

        var losses = new double[signs.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = values[i] * signs[i];
        }

        return losses;
    }
}
