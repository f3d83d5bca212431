namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>
/// Small models, trained on data in a millisecond or a few, and judged on rows that they were not trained on. The least loss that is known is that of
/// three searches of 2,000 trials by TPE (November 2026), rounded down.
/// </summary>
internal static class RealProblems
{
    public static IEnumerable<Problem> All =>
    [
        LogisticRegression.Create("logistic-cancer", DataSet.Cancer(100, 300), 0.068),
        NearestNeighbours.Create("neighbours-digits", DataSet.Digits(200, 120), 0.22),
        BoostedStumps.Create("boosting-cancer", DataSet.Cancer(200, 300), 0.115),
        SmallNetwork.Create("network-digits", DataSet.Digits(120, 150), 0.33),
        SoftmaxOptimizers.Create("optimizers-digits", DataSet.Digits(120, 150), 0.26),
        KernelRidge.Create("kernels-cancer", DataSet.Cancer(80, 150), 0.137),
    ];

    public static IEnumerable<Problem> HeldOut =>
    [
        NearestNeighbours.Create("held-neighbours-cancer", DataSet.Cancer(150, 150).Standardized(), 0.146),
        SmallNetwork.Create("held-network-cancer", DataSet.Cancer(120, 200).Standardized(), 0.07),
        SoftmaxOptimizers.Create("held-optimizers-cancer", DataSet.Cancer(120, 200).Standardized(), 0.073),
    ];
}
