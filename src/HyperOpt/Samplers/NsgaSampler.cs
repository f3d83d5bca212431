using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Samplers.Nsga;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Samplers;

/// <summary>
/// Evolution: a population of the best trials, whose children are tried and take the place of the worst. At home with several objectives and some hundreds to many
/// thousands of cheap trials; with one objective it is a genetic algorithm. Suggestions take microseconds.
/// </summary>
/// <remarks>
/// <para>The population is what remains of the history when each trial in turn comes in and the worst goes out (a steady state): so a trial counts as soon as it may
/// be learnt from, there are no generations to wait for, and workers lose nothing to each other. The worst is one of the last front, and of that one which
/// <see cref="Selection"/> names; infeasible trials stand behind all feasible ones, by how far they violate constraints in all, then pruned ones, and failed ones never
/// come in.</para>
/// <para>Parents are the better of two drawn members, by front and then by room. Numbers are crossed by simulated binary crossover and mutated polynomially, categories are
/// taken from either parent and mutated to any other; a parameter that only one parent had comes from that one. No configuration is tried twice, and a child that
/// breaks a hard constraint is drawn anew, then brought back to its parent axis by axis.</para>
/// <para>Sources: Deb et al. 2002, 10.1109/4235.996017 (NSGA-II); Deb and Jain 2014, 10.1109/TEVC.2013.2281535 (NSGA-III); Beume, Naujoks and Emmerich 2007,
/// 10.1016/j.ejor.2006.08.008 (one in, one out, by hypervolume); Durillo et al. 2009, 10.1007/978-3-642-01020-0_18 (the steady state).</para>
/// </remarks>
public sealed class NsgaSampler : ISampler
{
    private const int Startup = 16; // scrambled Sobol points to begin with
    private const int Redraws = 10;

    private readonly QuasiRandomSampler _quasiRandom = new();

    /// <summary>What decides between trials of the same front. Default: hypervolume with up to four objectives, directions with more.</summary>
    public NsgaSelection Selection { get; init; }

    /// <summary>How many trials breed, at least 2. Default, null: a fiftieth of the trials so far, but at least 12 and at most 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 2.</exception>
    public int? PopulationSize
    {
        get;
        init => field = value is null or >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "2 <= PopulationSize must hold: a child has two parents. Give a greater number, or null.");
    }

    /// <summary>The chance that a child is crossed at all, in [0,1]; otherwise it is a mutation of one parent. Default 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0,1].</exception>
    public double CrossoverProbability
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= CrossoverProbability <= 1 must hold: it is a chance. Give one.");
    } = 0.9;

    /// <summary>How near to its parents a crossed number lies: the distribution index, at least 0. Default 5; the greater, the nearer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double CrossoverIndex
    {
        get;
        init => field = CheckedIndex(value, nameof(CrossoverIndex));
    } = 5;

    /// <summary>How near to what it was a mutated number lies: the distribution index, at least 0. Default 1; the greater, the nearer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public double MutationIndex
    {
        get;
        init => field = CheckedIndex(value, nameof(MutationIndex));
    } = 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        if (space.Count == 0 || history.Number < Startup)
        {
            return QuasiRandom(space, history, random, null);
        }

        var population = PopulationMemo.Of(history, PopulationSize, Selection);
        return population.Members.Length < 2
            ? QuasiRandom(space, history, random, Invariant($"Of {history.Count} trials only {population.Members.Length} can be a parent."))
            : Breed(space, history, population, random) ?? QuasiRandom(space, history, random, "No child was new and broke no hard constraint.");
    }

    private static double CheckedIndex(double value, string name) => value is >= 0 and < double.PositiveInfinity
        ? value
        : throw new ArgumentOutOfRangeException(name, value, Invariant($"0 <= {name} < infinity must hold: it is the power by which chances fall with distance. Give a finite number of at least 0."));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Proposal Child(double[] point, Population population, TrialHistory history, int one, int other) => new(ImmutableCollectionsMarshal.AsImmutableArray(point))
    {
        Reason = new ProposalReason(Invariant($"child of trials {population.Members[one].Number} and {population.Members[other].Number}"))
        {
            Model = Invariant($"population of {population.Members.Length} after {history.Count} trials, {population.Best} in the first front"),
        },
    };

    private Proposal QuasiRandom(SearchSpace space, TrialHistory history, Random random, string? fallback) => _quasiRandom.Propose(space, history, random) with
    {
        Reason = new ProposalReason(fallback is null ? "initial design: quasi-random point" : "quasi-random point") { Fallback = fallback },
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Proposal? Breed(SearchSpace space, TrialHistory history, Population population, Random random)
    {
        var offspring = new Offspring(space, CrossoverProbability, CrossoverIndex, MutationIndex);
        for (var draw = 0; draw <= Redraws; draw++)
        {
            var (one, other) = population.Parents(random);
            var parent = population.Members[one].Point;
            var child = offspring.Create(parent, population.Members[other].Point, draw < Redraws ? 1 : space.Count, random);
            var isFeasible = space.IsFeasible(child);
            if (isFeasible && !history.HasTried(child))
            {
                return Child(child, population, history, one, other);
            }

            if (draw >= Redraws / 2 && !isFeasible && offspring.Repair(child, parent, point => space.IsFeasible(point) && !history.HasTried(point), random))
            {
                return Child(child, population, history, one, other);
            }
        }

        return null;
    }
}
