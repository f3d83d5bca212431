using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// What is added to the logarithm of an acquisition beside what a study's own losses say: less where trials are dear, more where other studies found good ones.
/// </summary>
/// <remarks>
/// <para>Cost: -α ln c(x), so that the acquisition is one per unit of cost; α falls from 1 to 0 as a budget is used up.</para>
/// <para>Other studies: -w s(x) with s the surface through the normal scores of a source's losses, whose scale therefore does not matter; with several objectives
/// of the fronts in which its trials stand. The weight is the product of a gate, the rank correlation (Kendall's τ) of s with this study's own losses beyond what chance makes, and of a share that falls as 1/n with
/// the n own trials (as in Hvarfner et al. 2022, arXiv:2204.11051; ranks as in Feurer et al. 2018, arXiv:1802.02219).</para>
/// </remarks>
internal sealed class Tilt
{
    /// <summary>How many own trials a source weighs against.</summary>
    private const double SourceWorth = 50;

    /// <summary>So many standard deviations of what chance makes are no agreement.</summary>
    private const double Chance = 1.5;

    /// <summary>As many own trials, at equal intervals, tell whether a source agrees: the time for it grows with their square.</summary>
    private const int MostCompared = 256;

    /// <summary>A rank correlation so far beyond that opens the gate in full.</summary>
    private const double FullAgreement = 0.4;

    private static readonly ConditionalWeakTable<object, TiltMemo> Memos = [];

    private readonly List<(NoisySurface Surface, double Weight)> _parts = [];

    /// <summary>The tilt after a history; null if there is none.</summary>
    public static Tilt? Of(TrialHistory history, TrialCost? cost)
    {
        if (cost is null && history.Sources.Count == 0)
        {
            return null;
        }

        var tilt = new Tilt();
        var memo = Memos.GetValue(history.Table, _ => new TiltMemo());
        if (cost is not null && Cooling(history, cost) is > 0 and var share && memo.CostSurface(history, cost) is { } surface)
        {
            tilt._parts.Add((surface, share));
        }

        for (var source = 0; source < history.Sources.Count; source++)
        {
            if (memo.Source(history, source) is { } belief && WeightOf(history, memo.Foretold(history, source, belief)) is > 0 and var weight)
            {
                tilt._parts.Add((belief, weight / history.Sources.Count));
            }
        }

        return tilt._parts.Count == 0 ? null : tilt;
    }

    /// <summary>The term at a point.</summary>
    public double At(ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        foreach (var (surface, weight) in _parts)
        {
            sum -= weight * surface.MeanAt(point, [], []);
        }

        return sum;
    }

    /// <summary>The term at a point; adds its derivatives on some ordered axes that are active there.</summary>
    public double At(ReadOnlySpan<double> point, ReadOnlySpan<int> axes, Span<double> gradient)
    {
        var sum = 0.0;
        var slopes = new double[axes.Length];
        foreach (var (surface, weight) in _parts)
        {
            sum -= weight * surface.MeanAt(point, axes, slopes);
            for (var i = 0; i < slopes.Length; i++)
            {
                gradient[i] -= weight * slopes[i];
            }
        }

        return sum;
    }

    private static double Cooling(TrialHistory history, TrialCost cost)
    {
        if (cost.Budget is not { } budget)
        {
            return 1;
        }

        var used = 0.0;
        foreach (var trial in history.Finished)
        {
            used += cost.Of(trial) is > 0 and var own ? own : 0;
        }

        return Math.Clamp((budget - used) / budget, 0, 1);
    }

    private static double WeightOf(TrialHistory history, double[] foretold)
    {
        int[] known = [.. Enumerable.Range(0, foretold.Length).Where(row => !double.IsNaN(foretold[row]))];
        var n = Math.Min(known.Length, MostCompared);
        if (n < 3)
        {
            return 1;
        }

        int[] rows = [.. Enumerable.Range(0, n).Select(at => known[(int)((long)at * known.Length / n)])];
        var ranks = Pareto.Ranks(Pareto.Rows([.. rows.Select(row => history.Finished[row].Losses)]), history.Objectives);
        var agreement = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                agreement += Math.Sign(foretold[rows[i]] - foretold[rows[j]]) * Math.Sign(ranks[i] - ranks[j]);
            }
        }

        // Kendall's τ of n pairs that have nothing to do with each other deviates so far from 0.
        var tau = 2.0 * agreement / ((double)n * (n - 1));
        var chance = Math.Sqrt(2 * (2.0 * n + 5) / (9.0 * n * (n - 1)));
        return Math.Clamp((tau - Chance * chance) / FullAgreement, 0, 1) * SourceWorth / history.Count;
    }
}
