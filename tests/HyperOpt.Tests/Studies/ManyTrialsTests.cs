using HyperOpt.Samplers;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Alone, because what other tests allocate meanwhile would be counted too.</summary>
[CollectionDefinition(nameof(ManyTrialsTests), DisableParallelization = true)]
[Collection(nameof(ManyTrialsTests))]
public sealed class ManyTrialsTests
{
    /// <summary>767 were measured on .NET 10 (x64): ten codes, a value and some times, in events, records and two orders of visibility. Two and a half times that is allowed.</summary>
    private const long BytesPerTrial = 2_000;

    [Fact]
    public void AHundredThousandTrialsOfTenParametersFitInMemory()
    {
        const int Trials = 100_000;
        FloatParameter[] parameters = [.. Enumerable.Range(0, 10).Select(i => Parameter.Float($"x{i}", 0, 1))];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var study = new Study(new StudyOptions { Space = [.. parameters], Sampler = new RandomSampler() });
        study.Optimize(trial => parameters.Sum(trial.Suggest), Trials);
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Trials, study.Trials.Count);
        Assert.InRange(used / Trials, 0, BytesPerTrial);
        GC.KeepAlive(study);
    }
}
