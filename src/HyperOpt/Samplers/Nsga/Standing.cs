using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Nsga;

/// <summary>
/// How trials stand by constraint domination: the feasible ones front by front, then the infeasible ones by their total violation, then the pruned ones, of
/// which those stand first that came furthest.
/// </summary>
internal static class Standing
{
    /// <summary>The ranks of what is not a feasible completed trial begin here.</summary>
    public const int Infeasible = 1 << 20;

    private const int Pruned = 1 << 21;

    /// <summary>The rank of each: less is better, equals are as good.</summary>
    /// <param name="trials">Trials that did not fail.</param>
    /// <param name="scales">The units of violations.</param>
    /// <param name="objectives">How many losses a completed one has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Of(ImmutableArray<Observation> trials, ViolationScales scales, int objectives)
    {
        var ranks = new int[trials.Length];
        var (feasible, rest) = (new List<int>(trials.Length), new List<(bool IsPruned, double Key, int At)>());
        for (var at = 0; at < trials.Length; at++)
        {
            switch (trials[at])
            {
                case { State: TrialState.Completed, IsFeasible: true }:
                    feasible.Add(at);
                    break;
                case { State: TrialState.Completed } violating:
                    rest.Add((false, scales.Total(violating), at));
                    break;
                case var stopped:
                    rest.Add((true, stopped.Curve.Count == 0 ? 0 : -1.0 - stopped.Curve.Steps[^1], at));
                    break;
            }
        }

        Rank(trials, feasible, objectives, ranks);
        if (rest.Count > 1)
        {
            rest.Sort();
        }

        for (var i = 0; i < rest.Count; i++)
        {
            var isEqual = i > 0 && (rest[i].IsPruned, rest[i].Key) == (rest[i - 1].IsPruned, rest[i - 1].Key);
            ranks[rest[i].At] = isEqual ? ranks[rest[i - 1].At] : i + (rest[i].IsPruned ? Pruned : Infeasible);
        }

        return ranks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rank(ImmutableArray<Observation> trials, List<int> feasible, int objectives, int[] ranks)
    {
        var rows = new double[feasible.Count * objectives];
        for (var i = 0; i < feasible.Count; i++)
        {
            trials[feasible[i]].Losses.CopyTo(rows, i * objectives);
        }

        var fronts = Pareto.Ranks(rows, objectives);
        for (var i = 0; i < feasible.Count; i++)
        {
            ranks[feasible[i]] = fronts[i];
        }
    }
}
