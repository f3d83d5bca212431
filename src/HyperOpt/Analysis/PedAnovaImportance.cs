using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// PED-ANOVA: how much the density of the best trials differs from that of all, parameter by parameter (Watanabe, Bansal and Hutter 2023, 10.24963/ijcai.2023/488; with conditional
/// parameters by regimes, arXiv:2601.20800). What matters for being among the best, rather than for the variance; time linear in trials and parameters, for displays.
/// </summary>
/// <remarks>
/// Shares add up to 1; there are no interactions. The variance that is explained is of being among the best, in the region's own density: where a sampler has looked often counts
/// more, so that figures of a search are of the search, unless <see cref="OverSpace"/> is set. Errors are standard errors over 25 draws of the trials with replacement.
/// </remarks>
public sealed record PedAnovaImportance : ImportanceEvaluator
{
    private const int Draws = 25;
    private const int LeastInRegime = 2;

    private readonly double _targetQuantile = 0.1;
    private readonly double _regionQuantile = 1;

    /// <summary>Which trials are the best, as a quantile γ' in (0,1). Default 0.1. It must select fewer trials than <see cref="RegionQuantile"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0,1).</exception>
    public double TargetQuantile
    {
        get => _targetQuantile;
        init => _targetQuantile = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "0 < TargetQuantile < 1 must hold. Use 0.1 for the best tenth.");
    }

    /// <summary>Which trials they are compared with, as a quantile γ in (0,1]. Default 1: all. Less tells what matters among the good ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0,1].</exception>
    public double RegionQuantile
    {
        get => _regionQuantile;
        init => _regionQuantile = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "0 < RegionQuantile <= 1 must hold. Use 1 for all trials.");
    }

    /// <summary>Whether the best are compared with a uniform density over the space instead of that of the region's trials. Default false.</summary>
    public bool OverSpace { get; init; }

    internal override string Title => "PED-ANOVA";

    internal override SobolIndices Evaluate(ImportanceData data)
    {
        if (TargetQuantile >= RegionQuantile)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"TargetQuantile < RegionQuantile must hold, but they are {TargetQuantile} and {RegionQuantile}. Lower the one or raise the other."));
        }

        var axes = data.Varied;
        PedAxis[] estimates = [.. axes.Select(axis => new PedAxis(data.Space[axis], [.. data.Points.Select(point => point[axis])]))];
        var rows = Enumerable.Range(0, data.Losses.Length).ToArray();
        var shares = Shares(estimates, data.Losses, rows);
        var drawn = new List<double[]>();
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = StreamSeed.Create(data.Seed, draw, "importance.ped");
            drawn.Add(Shares(estimates, data.Losses, [.. rows.Select(_ => random.Next(rows.Length)).Order()]));
        }

        var (_, errors) = Forest.Moments(drawn, axes.Length);
        return data.Spread(axes, new SobolIndices(shares, errors, shares, errors, [], double.NaN, double.NaN));
    }

    private double[] Shares(PedAxis[] axes, double[] losses, int[] rows)
    {
        var region = Best(losses, rows, RegionQuantile);
        var limit = Limit(losses, rows, TargetQuantile);
        var importances = new double[axes.Length];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            // Regimes: where the parameter is active, and where it is not, which has nothing to compare.
            int[] active = [.. region.Where(axes[axis].IsActive)];
            int[] top = [.. active.Where(row => losses[row] <= limit)];
            if (active.Length >= LeastInRegime && top.Length > 0)
            {
                var (alpha, beta) = ((double)top.Length / region.Count(row => losses[row] <= limit), (double)active.Length / region.Length);
                importances[axis] = alpha * alpha / beta * axes[axis].Divergence(top, OverSpace ? null : active);
            }
        }

        var sum = importances.Sum();
        return [.. importances.Select(importance => sum > 0 ? importance / sum : 1.0 / importances.Length)];
    }

    private static int[] Best(double[] losses, int[] rows, double quantile)
    {
        var limit = Limit(losses, rows, quantile);
        return [.. rows.Where(row => losses[row] <= limit)];
    }

    private static double Limit(double[] losses, int[] rows, double quantile)
    {
        double[] sorted = [.. rows.Select(row => losses[row])];
        Array.Sort(sorted);
        return sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
    }
}
