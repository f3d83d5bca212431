using HyperOpt.Samplers;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>Our samplers by name. Another one is another line.</summary>
internal static class SamplerRegistry
{
    private static readonly Dictionary<string, Func<ISampler>> Samplers = new(StringComparer.Ordinal)
    {
        ["cma-es"] = () => new CmaEsSampler(),
        ["auto"] = () => new AutoSampler(),
        ["auto-100"] = () => new AutoSampler { Trials = 100 },
        ["auto-cheap"] = () => new AutoSampler { TrialDuration = TimeSpan.Zero },
        ["gp"] = () => new GaussianProcessSampler(),
        ["nsga"] = () => new NsgaSampler(),
        ["nsga2"] = () => new NsgaSampler { Selection = NsgaSelection.Crowding },
        ["nsga3"] = () => new NsgaSampler { Selection = NsgaSelection.Directions },
        ["random"] = () => new RandomSampler(),
        ["sobol"] = () => new QuasiRandomSampler(),
        ["tpe"] = () => new TpeSampler(),
    };

    public static IEnumerable<string> Names => Samplers.Keys;

    public static ISampler Create(string name) => Samplers.TryGetValue(name, out var create)
        ? create()
        : throw new ArgumentException($"A sampler must be one of {string.Join(", ", Names)}, but '{name}' is not. Correct the name, or add a line to SamplerRegistry.");
}
