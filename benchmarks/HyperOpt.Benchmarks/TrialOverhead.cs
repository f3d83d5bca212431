using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace HyperOpt.Benchmarks;

/// <summary>
/// What the library adds to a trial of ten parameters, at various lengths of history. An iteration begins with fresh studies that hold
/// <see cref="Workload.TrialsInAll"/> trials together, and adds a tenth: so the history is what it says, up to a tenth, and the number
/// of trials measured does not depend on it.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Throughput, warmupCount: 3, iterationCount: 10, invocationCount: 1)]
public class TrialOverhead
{
    private const int Added = Workload.TrialsInAll / 10;

    private Study[] _studies = [];

    /// <summary>How many trials a study has when the measurement begins.</summary>
    [Params(100, 1_000, 10_000, 100_000)]
    public int History { get; set; }

    /// <summary>Fills the studies.</summary>
    [IterationSetup]
    public void Fill() => _studies = Workload.Studies(History);

    /// <summary>By hand.</summary>
    [Benchmark(OperationsPerInvoke = Added)]
    public void AskSuggestTell() => Each(study => Workload.AskAndTell(study, History / 10));

    /// <summary>By a run that can be repeated.</summary>
    [Benchmark(OperationsPerInvoke = Added)]
    public void Optimize() => Each(study => Workload.Optimize(study, History / 10, reproducible: true));

    /// <summary>By a run in which results count as soon as they are there.</summary>
    [Benchmark(OperationsPerInvoke = Added)]
    public void OptimizeAsCompleted() => Each(study => Workload.Optimize(study, History / 10, reproducible: false));

    private void Each(Action<Study> add)
    {
        foreach (var study in _studies)
        {
            add(study);
        }
    }
}
