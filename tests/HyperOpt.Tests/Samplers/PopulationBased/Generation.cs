using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Samplers.PopulationBased;

/// <summary>A generation that has ended, and what a sampler makes of each of its members.</summary>
internal sealed record Generation(SearchSpace Space, ImmutableArray<Observation> Members)
{
    /// <summary>Members at points spread over the space, with one loss each.</summary>
    public static Generation Of(SearchSpace space, params double[] losses) => Of(space, [.. losses.Select(loss => (double[])[loss])]);

    /// <summary>Members at points spread over the space, with several losses each.</summary>
    public static Generation Of(SearchSpace space, params double[][] losses)
    {
        var random = new Xoshiro256StarStar(1_000_005); // of a seed that no test draws with
        return new Generation(space, [.. losses.Select((values, number) => new Observation
        {
            Number = number,
            State = TrialState.Completed,
            Point = space.Normalize([.. space.Select(_ => random.NextDouble())]),
            Losses = [.. values],
        })]);
    }

    public Generation With(int member, Func<Observation, Observation> change) => this with { Members = Members.SetItem(member, change(Members[member])) };

    /// <summary>The proposal for the next trial of a member.</summary>
    public Proposal Next(PopulationBasedSampler sampler, int member, ulong chance = 1)
    {
        var pending = Enumerable.Range(0, member).Select(other => new Observation
        {
            Number = Members.Length + other,
            State = TrialState.Running,
            Point = Members[other].Point,
            Parent = other,
        });
        var objectives = Members.Max(one => one.Losses.Length);
        return sampler.Propose(Space, TrialHistory.Create(Space, Members, pending, 1, objectives), new Xoshiro256StarStar(chance))!;
    }

    /// <summary>The parents of a member's next trial, over many draws of chance.</summary>
    public SortedSet<int> ParentsOf(PopulationBasedSampler sampler, int member) =>
        [.. Enumerable.Range(1, 200).Select(chance => Next(sampler, member, (ulong)chance).Parent ?? -1)];
}
