namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Problems of the other families with noise on what the sampler is told.</summary>
internal static class NoisyProblems
{
    public static IEnumerable<Problem> All =>
    [
        Noisy(FlatProblems.Classic("noisy-sphere-5", 5, Centred.Sphere), 0.1),
        Noisy(FlatProblems.Classic("noisy-ackley-5", 5, Centred.Ackley), 0.05),
        Noisy(FlatProblems.Classic("noisy-levy-10", 10, Centred.Levy), 0.05),
        Noisy(MixedProblems.Categories("noisy-categories-2", [3, 5], 2), 0.1),
        Noisy(MixedProblems.Network("noisy-network-6"), 0.1),
        Noisy(ConditionalProblems.Optimizers("noisy-optimizers"), 0.05),
        Noisy(FlatProblems.Classic("heavy-tailed-rastrigin-5", 5, Centred.Rastrigin), 0.05, NoiseKind.HeavyTailed),
    ];

    public static IEnumerable<Problem> HeldOut =>
    [
        Noisy(FlatProblems.Classic("held-noisy-griewank-6", 6, Centred.Griewank, isRotated: true), 0.1),
        Noisy(MixedProblems.Switches("held-noisy-switches-6", 6, 3), 0.1),
        Noisy(FlatProblems.Classic("held-heavy-tailed-ellipsoid-4", 4, Centred.Ellipsoid), 0.05, NoiseKind.HeavyTailed),
    ];

    private static Problem Noisy(Problem problem, double share, NoiseKind kind = NoiseKind.Normal) =>
        problem with { Family = "noisy", Noise = kind, NoiseShare = share, Resolution = 1e-6 };
}
