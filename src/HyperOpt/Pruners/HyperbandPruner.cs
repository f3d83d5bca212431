using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>
/// Hyperband: successive halving in several brackets side by side, from one that gives up most trials after the first step to one that gives up
/// none before the last rung, so that nothing hangs on how early a curve tells.
/// </summary>
/// <remarks>
/// <para>With B = ⌊log_η(R/r)⌋ + 1 brackets, bracket b is a <see cref="SuccessiveHalvingPruner"/> of MinEarlyStoppingRate b among its own trials.
/// A trial's bracket is a hash of the study's seed and the trial's number, with the share ⌈B·η^(B-1-b)/(B-b)⌉ for bracket b, as in Hyperband.
/// Only pruning is done by bracket: samplers learn from all trials. Together with <c>TpeSampler</c> it is what is known as BOHB.</para>
/// <para>Decides as Optuna does, given the same brackets (Optuna's are a hash of the study's name), but for what
/// <see cref="SuccessiveHalvingPruner"/> says. Sources: Li et al. 2018, arXiv:1603.06560; Falkner, Klein and Hutter 2018, arXiv:1807.01774 (BOHB).</para>
/// </remarks>
public sealed record HyperbandPruner : IPruner
{
    /// <summary>r: the step of the first rung. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MinResource { get; init => field = Setting.AtLeast(1, value); } = 1;

    /// <summary>
    /// R: how far a trial goes at most. Default null: one more than the largest step that the first completed trial reported; no trial is given
    /// up before one has.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxResource { get; init => field = value is { } step ? Setting.AtLeast(1, step) : null; }

    /// <inheritdoc cref="SuccessiveHalvingPruner.ReductionFactor"/>
    public int ReductionFactor { get; init => field = Setting.AtLeast(2, value); } = 3;

    /// <inheritdoc cref="SuccessiveHalvingPruner.BootstrapTrials"/>
    public int BootstrapTrials { get; init => field = Setting.AtLeast(0, value); }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(HyperbandPruner));
        if ((MaxResource ?? LastStep.Of(history) + 1) is not { } last)
        {
            return null;
        }

        var (shares, seed) = (Shares(last), history.Seed);
        var bracket = BracketOf(trial.Number, seed, shares);
        return JudgeIn(bracket, trial, history, other => BracketOf(other.Number, seed, shares) == bracket);
    }

    /// <summary>Decides in a given bracket, among given others.</summary>
    internal PruningDecision? JudgeIn(int bracket, Observation trial, TrialHistory history, Func<Observation, bool> competes)
    {
        var decision = new HalvingRule(Rungs.At(MinResource, ReductionFactor, bracket), ReductionFactor, BootstrapTrials)
            .Judge(nameof(HyperbandPruner), trial, history.Finished, competes);
        return decision is null ? null : decision with { Reason = $"in bracket {bracket}, {decision.Reason}", Figures = decision.Figures.SetItem("bracket", bracket) };
    }

    /// <summary>How many of each turn's trials each bracket gets.</summary>
    internal long[] Shares(int maxResource)
    {
        var brackets = 1;
        while (Rungs.At(MinResource, ReductionFactor, brackets) <= maxResource)
        {
            brackets++;
        }

        return [.. Enumerable.Range(0, brackets).Select(bracket =>
        {
            var s = brackets - 1 - bracket;
            var trials = brackets * Rungs.At(1, ReductionFactor, s);
            return (trials + s) / (s + 1); // rounded up
        })];
    }

    private static int BracketOf(int number, ulong seed, long[] shares)
    {
        var at = (long)(StreamSeed.Hash(seed, number, "hyperband") % (ulong)shares.Sum());
        var bracket = 0;
        while (at >= shares[bracket])
        {
            at -= shares[bracket++];
        }

        return bracket;
    }
}
