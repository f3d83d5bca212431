using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>
/// How the members of a population stand: the feasible ones by their loss, or front by front; then the infeasible ones by how far they violate
/// constraints; then those that failed or were pruned, from which nobody can go on. Of equals the earlier stands first.
/// </summary>
internal sealed class Standing
{
    private readonly Observation[] _sorted;
    private readonly Dictionary<int, int> _classes = []; // by number; less is better, equal is as good

    private Standing(List<Observation[]> classes)
    {
        _sorted = [.. classes.SelectMany(members => members)];
        for (var rank = 0; rank < classes.Count; rank++)
        {
            foreach (var member in classes[rank])
            {
                _classes.Add(member.Number, rank);
            }
        }
    }

    /// <summary>The members that others can go on from, best first.</summary>
    public ReadOnlySpan<Observation> Members => _sorted;

    /// <summary>How the latest results of a population stand.</summary>
    /// <param name="members">The results.</param>
    /// <param name="objectives">How many losses each has.</param>
    public static Standing Of(IReadOnlyList<Observation> members, int objectives)
    {
        Observation[] feasible = [.. members.Where(member => member is { State: TrialState.Completed, IsFeasible: true })];
        var classes = objectives == 1 ? Levels(feasible, member => member.Losses[0]) : Fronts(feasible);
        classes.AddRange(Levels(members.Where(member => member is { State: TrialState.Completed, IsFeasible: false }), ViolationScales.Of(members).Total));
        return new Standing(classes);
    }

    /// <summary>Where a member stands, counted from 0; null if nobody can go on from it.</summary>
    public int? RankOf(Observation member) => _classes.ContainsKey(member.Number) ? Array.IndexOf(_sorted, member) : null;

    /// <summary>Whether the second is not worse than the first.</summary>
    public bool IsAsGood(Observation one, Observation other) =>
        _classes.TryGetValue(other.Number, out var rank) && (!_classes.TryGetValue(one.Number, out var own) || rank <= own);

    private static List<Observation[]> Levels(IEnumerable<Observation> members, Func<Observation, double> loss) =>
        [.. members.GroupBy(loss).OrderBy(level => level.Key).Select(level => level.OrderBy(member => member.Number).ToArray())];

    private static List<Observation[]> Fronts(Observation[] members)
    {
        if (members.Length == 0)
        {
            return [];
        }

        var ranks = Pareto.Ranks(Pareto.Rows([.. members.Select(member => member.Losses)]), members[0].Losses.Length);
        return [.. Enumerable.Range(0, members.Length).GroupBy(at => ranks[at]).OrderBy(front => front.Key).Select(front => Spread([.. front.Select(at => members[at])]))];
    }

    // Those first that add most to what the front dominates.
    private static Observation[] Spread(Observation[] front)
    {
        Observation[] chosen = [.. SubsetSelection.Greedy([.. front.Select(member => member.Losses)], front.Length - 1).Select(at => front[at])];
        return [.. chosen, .. front.Except(chosen)];
    }
}
