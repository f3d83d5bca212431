using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HyperOpt.Samplers.PopulationBased;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Population-based training: a population trains side by side; poor members go on from the checkpoints of better ones (exploit) with varied
/// hyperparameters (explore). What comes of it is a schedule of hyperparameters, not a constant. Each trial is one interval of one member.
/// </summary>
/// <remarks>
/// <para>The first trials begin afresh, at scrambled Sobol points. After them trial n takes up the member of the (n - <see cref="Population"/>)-th trial to
/// have ended, and sees how it stands among the latest results of as many members as there are. In a reproducible run these are its generation.
/// With <c>Reproducible = false</c>, no member waits for another: whoever is free takes up the member that has waited longest, whatever the others do.
/// A member that failed, or was pruned, goes on from another one.</para>
/// <para>Trials must save their checkpoint and go on from their parent's, see <see cref="IPopulationSampler"/>. Hard constraints hold: a variation that breaks one is
/// made again, and after some attempts left out.</para>
/// <para>Source: Jaderberg et al. 2017, arXiv:1711.09846; the intervals as trials: Li et al. 2019, arXiv:1902.01894; <see cref="Explore.Bandit"/>: Parker-Holder et al. 2020, arXiv:2002.02518.</para>
/// </remarks>
public sealed class PopulationBasedSampler : IPopulationSampler
{
    private const int MaxVariations = 32;

    private readonly QuasiRandomSampler _afresh = new();

    /// <summary>How many members there are. Default 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 2.</exception>
    public int Population
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "2 <= Population must hold: a member goes on from others. Take 8 or more.");
    } = 16;

    /// <summary>How many trials a member has from one exploit to the next. Default 1: each trial begins with one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int ReadyEvery
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= ReadyEvery must hold: it counts trials. Take 1.");
    } = 1;

    /// <summary>Who goes on from another member. Default: <see cref="Exploit.Truncation"/> of a quarter.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Exploit Exploit
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Exploit.Truncation();

    /// <summary>How hyperparameters vary; <see cref="Explore.Bandit"/> learns it. Default: <see cref="Explore.Perturb"/> by 1.2, drawn anew with probability 1/4.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Explore Explore
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Explore.Perturb();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More trials are under way than the population has members.</exception>
    public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        var turn = history.Number - Population; // which of the ended trials is taken up
        if (turn < 0)
        {
            return _afresh.Propose(space, history, random);
        }

        if (turn >= history.Count)
        {
            throw new InvalidOperationException(
                $"A population has at most one trial of each member under way, but trial {history.Number} was asked for when {history.Count} had ended, of a population of {Population}. "
                + "Take a Population at least as large as the Lag and the number of workers.");
        }

        return GoOn(space, history, turn, random) ?? _afresh.Propose(space, history, random);
    }

    // Null: there is nobody to go on from.
    private Proposal? GoOn(SearchSpace space, TrialHistory history, int turn, Random random)
    {
        var ended = history.Finished;
        var own = ended[turn];
        var from = Math.Max(0, history.Count - Population);
        List<Observation> latest = [.. ended.Skip(from)];
        if (turn < from)
        {
            latest.Add(own);
        }

        var standing = Standing.Of(latest, history.Objectives);
        if (standing.Members.IsEmpty)
        {
            return null;
        }

        var isReady = history.Number / Population % ReadyEvery == 0;
        var parent = standing.RankOf(own) is not { } rank ? Better(standing, own, random) : isReady ? Meet(standing, own, rank, random) : own;
        var source = ReferenceEquals(parent, own) || (Exploit.KeepsOwn && standing.RankOf(own) is not null) ? own : parent;
        var varies = !ReferenceEquals(parent, own) || (isReady && Explore.IsAlways);
        var explore = varies ? Explore : Explore.None;
        var point = explore.IsBandit ? Bandit.Choose(space, history, parent, source.Point, explore, random) : null;
        return new Proposal(point ?? Vary(space, source.Point, explore, random), parent.Number);
    }

    // Whom a member goes on from: itself, or another.
    private Observation Meet(Standing standing, Observation own, int rank, Random random)
    {
        var members = standing.Members;
        if (Exploit.IsTournament && members.Length > 1)
        {
            var other = random.Next(members.Length - 1);
            var met = members[other < rank ? other : other + 1];
            return standing.IsAsGood(own, met) ? met : own;
        }

        return Exploit.Fraction is not null && rank >= members.Length - Share(members.Length) ? Better(standing, own, random) : own;
    }

    // One of the best other than itself; itself where it is alone.
    private Observation Better(Standing standing, Observation own, Random random)
    {
        var best = standing.Members[..Math.Max(1, Share(standing.Members.Length))];
        return best[random.Next(best.Length)] is var chosen && standing.IsAsGood(own, chosen) ? chosen : own;
    }

    private int Share(int members) => Math.Min(Math.Max(1, (int)Math.Round((Exploit.Fraction ?? 0.25) * Math.Min(members, Population))), members / 2);

    private static ImmutableArray<double> Vary(SearchSpace space, ImmutableArray<double> source, Explore explore, Random random)
    {
        var point = new double[space.Count];
        for (var attempt = 0; attempt < MaxVariations; attempt++)
        {
            for (var axis = 0; axis < point.Length; axis++)
            {
                // What the source did not have has nothing to vary from.
                point[axis] = double.IsNaN(source[axis]) ? random.NextDouble()
                    : explore.Kept.Contains(space[axis].Name) ? source[axis]
                    : Perturbation.Vary(space[axis], source[axis], explore, random);
            }

            if (space.IsFeasible(point))
            {
                return ImmutableCollectionsMarshal.AsImmutableArray(point);
            }
        }

        return [.. point.Select((unit, axis) => double.IsNaN(source[axis]) ? unit : source[axis])];
    }
}
