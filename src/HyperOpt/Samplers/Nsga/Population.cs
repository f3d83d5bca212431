using System.Collections.Immutable;
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
    public int Best => Ranks.Count(rank => rank == 0);

    public static Population Empty(int objectives) => new([], [], ViolationScales.None, objectives);

    /// <summary>The population after another trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="size">How many members there may be.</param>
    /// <param name="survival">What goes out of a front.</param>
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
            var worst = ranks.Max();
            int[] last = [.. Enumerable.Range(0, members.Length).Where(at => ranks[at] == worst)];
            var goes = last.Length == 1 || worst >= Standing.Infeasible ? last[0] : survival.Worst(members, ranks, last, Objectives);
            (members, ranks) = (members.RemoveAt(goes), [.. ranks.Where((_, at) => at != goes)]);
        }

        return new Population(members, ranks, scales, Objectives);
    }

    /// <summary>Draws two different members, each the better of two: of a lower rank, or of the same with more room.</summary>
    public (int One, int Other) Parents(Random random)
    {
        var one = Parent(random);
        var other = Parent(random);
        return (one, other != one ? other : (one + 1 + random.Next(Members.Length - 1)) % Members.Length);
    }

    private int Parent(Random random)
    {
        var (one, other) = (random.Next(Members.Length), random.Next(Members.Length));
        var isOther = Ranks[one] != Ranks[other] ? Ranks[other] < Ranks[one] : _room.Value[other] > _room.Value[one];
        return isOther ? other : one;
    }

    private static double[] RoomOf(ImmutableArray<Observation> members, int[] ranks, int objectives)
    {
        var room = new double[members.Length];
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
