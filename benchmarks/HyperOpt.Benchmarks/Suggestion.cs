using BenchmarkDotNet.Attributes;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks;

/// <summary>
/// One trial of ten floats at a history of a length: what the sampler thinks and what it allocates. The history grows by the trials of the measurement,
/// which are few beside it.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 2, iterationCount: 5, invocationCount: 16)]
public class Suggestion : IDisposable
{
    private static readonly FloatParameter[] Parameters = [.. Enumerable.Range(0, 10).Select(i => Parameter.Float($"x{i}", -5, 5))];

    private Study _study = null!;

    /// <summary>The sampler, by its name in <c>quality</c>.</summary>
    [Params("random", "tpe")]
    public string Sampler { get; set; } = "";

    /// <summary>How many trials the study has.</summary>
    [Params(100, 1_000, 10_000)]
    public int History { get; set; }

    /// <summary>Fills the study at random.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var storage = new InMemoryStorage();
        using (var past = new Study(Options(new RandomSampler(), storage)))
        {
            for (var i = 0; i < History; i++)
            {
                Add(past);
            }
        }

        _study = new Study(Options(SamplerRegistry.Create(Sampler), storage));
    }

    /// <summary>Closes it.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _study.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A trial, from ask to tell.</summary>
    [Benchmark]
    public void Trial() => Add(_study);

    private static StudyOptions Options(ISampler sampler, IStorage storage) =>
        new() { Name = "suggestion", Space = [.. Parameters], Sampler = sampler, Pruner = new NopPruner(), Storage = storage, Seed = 1 };

    private static void Add(Study study)
    {
        var trial = study.Ask();
        study.Tell(trial, Parameters.Sum(parameter => trial.Suggest(parameter) * trial.Suggest(parameter)));
    }
}
