namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Small models, trained on data in a few milliseconds and judged on what they were not trained on.</summary>
internal static class RealProblems
{
    public static IEnumerable<Problem> All => [];

    public static IEnumerable<Problem> HeldOut => [];
}
