using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Samplers.Tpe;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// The tree-structured Parzen estimator: models where good trials lie, l(x), and where the rest do, g(x), and proposes the draw from l
/// for which l / g is highest. At home with 10 to some 1,000 trials of anything: mixed and conditional spaces, several objectives, constraints, noise.
/// </summary>
/// <remarks>
/// <para>Each trial is one kernel over all axes, a product of its axes' factors, so that the densities know of interactions. On an axis that was
/// inactive in a trial the factor is the prior's: in a conditional space every trial informs the axes that it has. Trials under way
/// count as part of the rest, which keeps parallel workers apart.</para>
/// <para>Sources: Bergstra et al. 2011, Advances in Neural Information Processing Systems 24; multivariate kernels: Falkner et al. 2018, arXiv:1807.01774;
/// bandwidths and the ablations: Watanabe 2023, arXiv:2304.11127; several objectives: Ozaki et al. 2020, 10.1145/3377930.3389817;
/// constraints: Watanabe and Hutter 2022, arXiv:2211.14411.</para>
/// </remarks>
public sealed class TpeSampler : ISampler
{
    private const int LeastLearnt = 4;

    private static readonly ProposalReason Ratio = new("highest ratio of the density of good trials to that of the others");

    private readonly QuasiRandomSampler _startup = new();

    /// <summary>
    /// How many trials must have ended with something to learn from, or be under way, before the model is used; of the former there must be 4, or as many as this
    /// if it is less. Until then, scrambled Sobol points. Default 10.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int StartupTrials
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= StartupTrials must hold: a model needs a trial. Give a positive number.");
    } = 10;

    /// <summary>
    /// How many draws from l to choose among; with trials under way a half to a quarter of that, so that they differ. More search harder near what is known
    /// to be good. Default 64.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Candidates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= Candidates must hold: one is proposed. Give a positive number.");
    } = 64;

    /// <summary>What trials cost, to be weighed against what they promise: the expected improvement per unit of cost is maximised. Null, the default: all cost the same.</summary>
    public TrialCost? Cost { get; init; }

    /// <inheritdoc/>
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        return (space.Count == 0 || history.Count + history.Pending.Count < StartupTrials ? null : Choose(space, history, random))
            ?? SourceDesign.Propose(space, history, StartupTrials / 2, () => _startup.Propose(space, history, random))
            ?? _startup.Propose(space, history, random);
    }

    // Null: too few trials taught something.
    private Proposal? Choose(SearchSpace space, TrialHistory history, Random random)
    {
        var memo = TpeMemo.For(history);
        lock (memo.Lock)
        {
            if (!memo.TryCatchUp(history))
            {
                return Choose(space, history, random); // it has just grown past this history
            }

            var learnt = memo.Losses.Count;
            if (learnt + history.Pending.Count < StartupTrials || learnt < Math.Min(LeastLearnt, StartupTrials))
            {
                return null;
            }

            var densities = Densities.Build(history, memo, TpeSplit.Of(history, memo));
            var candidates = Draw(space, densities.Good, CandidatesBeside(history.Pending.Count), random);
            var scores = new double[candidates.Stride];
            new DensityRatio(densities).Score(candidates, scores);
            if (Tilt.Of(history, Cost) is { } tilt)
            {
                densities.ToLogImprovement(scores);
                for (var candidate = 0; candidate < candidates.Count; candidate++)
                {
                    scores[candidate] += tilt.At(candidates.Point(candidate));
                }
            }

            var best = Best(space, history, candidates, scores.AsSpan(0, candidates.Count));
            return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(candidates.Point(best))) { Reason = Ratio };
        }
    }

    // Fewer, so that trials that know the same do not all try the same. More than four times fewer is too few: docs/samplers/tpe.md.
    private int CandidatesBeside(int pending) => Math.Max(1, Candidates / Math.Min(4, 1 + pending));

    private static Tpe.Candidates Draw(SearchSpace space, Densities.Mixture good, int count, Random random)
    {
        const int Redraws = 8; // of a candidate that breaks a hard constraint
        var candidates = new Tpe.Candidates(space.Count, count);
        var source = new CandidateSource(space, good);
        if (!space.IsConstrained)
        {
            source.Draw(candidates, 0, count, random);
            return candidates;
        }

        for (var candidate = 0; candidate < count; candidate++)
        {
            source.Draw(candidates, candidate, 1, random);
            for (var redraw = 0; redraw < Redraws && !space.IsFeasible(candidates.Point(candidate)); redraw++)
            {
                source.Draw(candidates, candidate, 1, random);
            }
        }

        return candidates;
    }

    // The highest score among those that break no hard constraint and, in a finite space, were not tried; else the highest of all.
    private static int Best(SearchSpace space, TrialHistory history, Tpe.Candidates candidates, Span<double> scores)
    {
        var overall = ArgMax(scores);
        if (!space.IsConstrained && !space.IsFinite)
        {
            return overall;
        }

        for (var best = overall; scores[best] > double.NegativeInfinity; best = ArgMax(scores))
        {
            var point = candidates.Point(best);
            if (space.IsFeasible(point) && !(space.IsFinite && history.HasTried(point)))
            {
                return best;
            }

            scores[best] = double.NegativeInfinity;
        }

        return overall;
    }

    // The first of equals; NaN never wins.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ArgMax(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] || double.IsNaN(scores[best]) ? i : best;
        }

        return best;
    }
}
