using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>
/// Asynchronous successive halving (ASHA): at rungs that lie further and further apart, a trial goes on only if it is among the best
/// 1/<see cref="ReductionFactor"/> of those that have come as far.
/// </summary>
/// <remarks>
/// <para>Rung k is at the step <see cref="MinResource"/>·η^(<see cref="MinEarlyStoppingRate"/>+k). The first report at a rung's step or beyond
/// is the trial's loss there. It goes on if its loss is among the best ⌊m/η⌋, at least one, of the m trials that have come to the rung, itself
/// included; equals go on. NaN at a rung is given up. All finished trials that reached the rung are compared with, the pruned and failed ones
/// too; those under way are not known in a reproducible run.</para>
/// <para>Steps are taken as they are reported: an objective that counts its epochs from 0 has seen two of them at the rung of step 1. Decides
/// as Optuna does where each trial reports every step; where a report jumps over several rungs at once, a trial that was given up there counts
/// at all of them, in Optuna only at the first. With an estimated <see cref="MinResource"/> the first trials, which ran before the estimate, compete
/// too, which Optuna's do not.</para>
/// <para>Source: Li et al. 2020, arXiv:1810.05934 (the stopping variant, their section A.2); Jamieson and Talwalkar 2016, arXiv:1502.07943.</para>
/// </remarks>
public sealed record SuccessiveHalvingPruner : IPruner
{
    /// <summary>
    /// r: the step of the first rung. Default null: a hundredth of the largest step that the first completed trial reported, at least 1; no trial
    /// is given up before one has.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MinResource { get; init => field = value is { } step ? Setting.AtLeast(1, step) : null; }

    /// <summary>η: of how many trials at a rung one goes on, and how much further apart rungs get. 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public int ReductionFactor { get; init => field = Setting.AtLeast(2, value); } = 4;

    /// <summary>s: how many of the first rungs are left out. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEarlyStoppingRate { get; init => field = Setting.AtLeast(0, value); }

    /// <summary>
    /// How many trials are given up at each rung, however good, before any goes beyond it: what they reported is all that they are for.
    /// 0 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int BootstrapTrials { get; init => field = Setting.AtLeast(0, value); }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(SuccessiveHalvingPruner));
        return (MinResource ?? (LastStep.Of(history) is { } last ? Math.Max(1, last / 100) : null)) is { } first
            ? new HalvingRule(Rungs.At(first, ReductionFactor, MinEarlyStoppingRate), ReductionFactor, BootstrapTrials)
                .Judge(nameof(SuccessiveHalvingPruner), trial, history.Finished, static _ => true)
            : null;
    }
}
