using HyperOpt.Analysis;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>How <see cref="ImportanceExtensions.Importance"/> is to look at a study. Immutable.</summary>
public sealed record ImportanceOptions
{
    private readonly double _quantile = 1;

    /// <summary>What evaluates. Default <see cref="GaussianProcessImportance"/>.</summary>
    public ImportanceEvaluator Evaluator { get; init; } = new GaussianProcessImportance();

    /// <summary>For which objective, counted from 0. Default null: the only one, or <see cref="Target"/>.</summary>
    public int? Objective { get; init; }

    /// <summary>For which function of a trial instead, less being better; for example its duration. A trial of which it is not finite is left out. Default null: an objective.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>
    /// Which part of the trials is of interest, the best first, in (0,1]: values worse than this quantile count as the quantile itself, so that differences between bad
    /// trials do not matter (Hutter et al. 2014, section 5). Default 1: all. <see cref="PedAnovaImportance"/> has quantiles of its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0,1].</exception>
    public double Quantile
    {
        get => _quantile;
        init => _quantile = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "0 < Quantile <= 1 must hold. Use 0.25 for the best quarter of the trials.");
    }

    /// <summary>
    /// Whether trials that were pruned count with the value at which they stood. Default false: of a shorter training it is another quantity, and only completed trials are compared.
    /// </summary>
    public bool IncludePruned { get; init; }

    /// <summary>Of the draws of forests and quasi-random points. Default 0. The same trials, options and seed give the same report, bit for bit.</summary>
    public ulong Seed { get; init; }
}
