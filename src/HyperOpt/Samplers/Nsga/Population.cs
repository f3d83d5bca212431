using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Nsga;

/// <summary>
/// The trials that breed. A fold over the history: each trial comes in unless it failed, and while there are too many the worst goes out. Immutable.
/// </summary>
internal sealed class Population
{
    private readonly ViolationScales _scales;
    private readonly Lazy<double[]> _room;

    private Population(ImmutableArray<Observation> members, int[] ranks, ViolationScales scales, int objectives)
    {
        (Members, Ranks, _scales, Objectives) = (members, [.. ranks], scales, objectives);
        _room = new Lazy<double[]>(() => RoomOf(members, ranks, objectives));
    }

    /// <summary>The members, in the order in which they came.</summary>
    public ImmutableArray<Observation> Members { get; }

    /// <summary>Where each stands: less is better, equals are as good.</summary>
    public ImmutableArray<int> Ranks { get; }

    /// <summary>How many losses each has.</summary>
    public int Objectives { get; }

    /// <summary>How many stand in the first front.</summary>
    public int Best
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            var best = 0;
            foreach (var rank in Ranks)
            {
                best += rank == 0 ? 1 : 0;
            }

            return best;
        }
    }

    public static Population Empty(int objectives) => new([], [], ViolationScales.None, objectives);

    /// <summary>The population after another trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="size">How many members there may be.</param>
    /// <param name="survival">What goes out of a front.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Population With(Observation trial, int size, Survival survival)
    {
        var scales = _scales.With(trial);
        if (trial.State == TrialState.Failed)
        {
            return new Population(Members, [.. Ranks], scales, Objectives);
        }

        var members = Members.Add(trial);
        var ranks = Standing.Of(members, scales, Objectives);
        while (members.Length > size)
        {
            var last = LastOf(ranks);
            var goes = last.Length == 1 || ranks[last[0]] >= Standing.Infeasible ? last[0] : survival.Worst(members, ranks, last, Objectives);
            (members, ranks) = (members.RemoveAt(goes), [.. ranks.AsSpan(0, goes), .. ranks.AsSpan(goes + 1)]);
        }

        return new Population(members, ranks, scales, Objectives);
    }

    /// <summary>Draws two different members, each the better of two: of a lower rank, or of the same with more room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (int One, int Other) Parents(Random random)
    {
        var one = Parent(random);
        var other = Parent(random);
        return (one, other != one ? other : (one + 1 + random.Next(Members.Length - 1)) % Members.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Parent(Random random)
    {
        var (one, other) = (random.Next(Members.Length), random.Next(Members.Length));
        var isOther = Ranks[one] != Ranks[other] ? Ranks[other] < Ranks[one] : _room.Value[other] > _room.Value[one];
        return isOther ? other : one;
    }

    // Those of the greatest rank.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] LastOf(int[] ranks)
    {
        var (worst, count) = (-1, 0);
        foreach (var rank in ranks)
        {
            (worst, count) = rank > worst ? (rank, 1) : (worst, rank == worst ? count + 1 : count);
        }

        var last = new int[count];
        for (var (at, next) = (0, 0); next < count; at++)
        {
            if (ranks[at] == worst)
            {
                last[next++] = at;
            }
        }

        return last;
    }

    // Of one loss all of a front are equal, and have none.
    private static double[] RoomOf(ImmutableArray<Observation> members, int[] ranks, int objectives)
    {
        var room = new double[members.Length];
        if (objectives == 1)
        {
            return room;
        }

        foreach (var front in Enumerable.Range(0, members.Length).Where(at => ranks[at] < Standing.Infeasible).GroupBy(at => ranks[at]).Select(group => group.ToArray()))
        {
            var distances = CrowdingDistance.Of(Pareto.Rows([.. front.Select(at => members[at].Losses)]), objectives);
            for (var i = 0; i < front.Length; i++)
            {
                room[front[i]] = distances[i];
            }
        }

        return room;
    }
}
