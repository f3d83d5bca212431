using HyperOpt.Pruners;
using HyperOpt.Samplers;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>What is compared. The first pruner is what the others are tested against.</summary>
internal static class PruningContestants
{
    public static (string Name, Func<IPruner> Create)[] Pruners { get; } =
    [
        ("none", () => new NopPruner()),
        ("median (Optuna's default)", () => new MedianPruner()),
        ("percentile 25", () => new PercentilePruner { Percentile = 25 }),
        ("one epoch, keep 3", () => new EarlyDiscardingPruner()),
        ("three epochs, keep 3", () => new EarlyDiscardingPruner { Reports = 3 }),
        ("halving, 4", () => new SuccessiveHalvingPruner { MinResource = 1 }),
        ("halving, 3", () => new SuccessiveHalvingPruner { MinResource = 1, ReductionFactor = 3 }),
        ("halving, 2", () => new SuccessiveHalvingPruner { MinResource = 1, ReductionFactor = 2 }),
        ("hyperband, 3", () => new HyperbandPruner()),
        ("curve", () => new CurvePruner()),
        ("curve, risk 0.1", () => new CurvePruner { Risk = 0.1 }),
        ("curve, risk 0.02", () => new CurvePruner { Risk = 0.02 }),
    ];

    public static (string Name, Func<ISampler> Create)[] Samplers { get; } =
    [
        ("random", () => new RandomSampler()),
        ("tpe", () => new TpeSampler()),
        ("gp", () => new GaussianProcessSampler()),
    ];
}
