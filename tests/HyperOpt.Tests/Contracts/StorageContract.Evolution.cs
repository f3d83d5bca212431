using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>A study whose space changes, worked on from several places.</summary>
public abstract partial class StorageContract
{
    private static readonly FloatParameter Lr = Parameter.Float("lr", 0, 1);
    private static readonly FloatParameter Rate = Parameter.Float("rate", 0, 2);
    private static readonly CategoricalParameter<string> Method = Parameter.Categorical("method", "sgd", "adam");
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 4);

    private static readonly StudyOptions Before = new() { Space = [Lr, Layers], Seed = 3, Sampler = new NeighbourSampler(), Lag = 1 };

    private static readonly StudyOptions After = Before with
    {
        Space = [Rate, Method],
        Evolution = [SpaceChange.Rename("lr", "rate"), SpaceChange.Redefine(Rate), SpaceChange.Add(Method, "sgd"), SpaceChange.Drop("layers")],
    };

    [Fact]
    public async Task AChangedSpaceIsSeenByWhoeverOpensTheStudyAfterwards()
    {
        var (one, other) = await TwoStoragesAsync();
        await using (var old = await Study.OpenAsync(Before with { Storage = one }, Token))
        {
            old.Optimize(EvaluateBefore, trials: 6);
        }

        await using (var changed = await Study.OpenAsync(After with { Storage = other }, Token))
        {
            changed.Optimize(EvaluateAfter, trials: 6);
        }

        await using var again = await Study.OpenAsync(After with { Storage = one }, Token);
        await using var shown = await Study.OpenAsync(new StudyOptions { Storage = other, Mode = OpenMode.Read }, Token);
        foreach (var study in new[] { again, shown })
        {
            Assert.Equal(["rate", "method"], study.Space.Select(parameter => parameter.Name));
            Assert.Equal(12, study.Trials.Count(trial => trial is { State: TrialState.Completed, FitsSpace: true } && trial.Parameters.ContainsKey("rate")));
            Assert.All(study.Trials.Take(6), trial => Assert.Equal("sgd", trial.Get(Method)));
            Assert.All(study.Trials.Take(6), trial => Assert.InRange(trial.Parameters.Get(Layers), 1, 4));
        }

        Assert.Single((await AllAsync(other)).OfType<SpaceChanged>());
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Study.OpenAsync(Before with { Storage = one }, Token).AsTask());
        Assert.Contains("'lr', which was renamed or dropped", refusal.Message);
    }

    [Fact]
    public async Task AWorkerThatKnowsTheOldSpaceEndsItsTrialAndBeginsNoOther()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var old = await Study.OpenAsync(Before with { Storage = one }, Token);
        old.Optimize(EvaluateBefore, trials: 3);
        var underWay = (await old.TryAskAsync(Token))!;
        await using var changed = await Study.OpenAsync(After with { Storage = other, Lag = null }, Token);
        var next = (await changed.TryAskAsync(Token))!;
        Assert.Equal(4, next.Number);
        var lr = underWay.Suggest(Lr);
        old.Tell(underWay, EvaluateBefore(underWay));
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => old.TryAskAsync(Token).AsTask());
        Assert.Contains("was changed by another process", refusal.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => old.OptimizeAsync((trial, _) => Task.FromResult(EvaluateBefore(trial)), new RunOptions { Trials = 2 }, Token));
        changed.Tell(next, EvaluateAfter(next));
        Assert.Equal(5, changed.Trials.Count);
        Assert.Equal("sgd", changed.Trials[3].Get(Method));
        Assert.Equal(lr, changed.Trials[3].Get(Rate));
    }

    [Fact]
    public async Task ManyWhoOpenItAtOnceChangeItOnce()
    {
        var (one, other) = await TwoStoragesAsync();
        await using (var old = await Study.OpenAsync(Before with { Storage = one }, Token))
        {
            old.Optimize(EvaluateBefore, trials: 5);
        }

        var studies = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => Task.Run(() => Study.OpenAsync(After with { Storage = at % 2 == 0 ? one : other, Lag = null }, Token).AsTask(), Token)));
        await Task.WhenAll(studies.Select(study => Task.Run(() => study.Optimize(EvaluateAfter, new RunOptions { Trials = 4, Reproducible = false }), Token)));
        foreach (var study in studies)
        {
            await study.DisposeAsync();
        }

        var events = await AllAsync(one);
        Assert.Single(events.OfType<SpaceChanged>());
        Assert.Equal(29, events.OfType<TrialEnded>().Count());
    }

    [Fact]
    public async Task ACopyAndAnImportHaveTheChangesToo()
    {
        var (one, other) = await TwoStoragesAsync();
        await using (var old = await Study.OpenAsync(Before with { Storage = one }, Token))
        {
            old.Optimize(EvaluateBefore, trials: 5);
            old.Enqueue(Lr.Is(0.25));
        }

        await using (var changed = await Study.OpenAsync(After with { Storage = one }, Token))
        {
            changed.Optimize(EvaluateAfter, trials: 3);
            Assert.Equal(0.25, changed.Trials[5].Get(Rate));
        }

        var store = new StudyStore(one);
        await store.CopyAsync("study", store, "copy", Token);
        using var file = new MemoryStream();
        await store.ExportAsync("study", file, Token);
        file.Position = 0;
        await new StudyStore(other).ImportAsync(file, "import", Token);
        var fingerprints = new List<string[]>();
        foreach (var name in new[] { "study", "copy", "import" })
        {
            await using var study = await Study.OpenAsync(After with { Name = name, Storage = other }, Token);
            study.Optimize(EvaluateAfter, trials: 3);
            fingerprints.Add(Support.Fingerprints.Of(study));
        }

        Assert.Equal(11, fingerprints[0].Length);
        Assert.Equal(fingerprints[0], fingerprints[1]);
        Assert.Equal(fingerprints[0], fingerprints[2]);
    }

    private static double EvaluateBefore(ITrial trial) => Math.Abs(trial.Suggest(Lr) - 0.7) + trial.Suggest(Layers);

    private static double EvaluateAfter(ITrial trial) => Math.Abs(trial.Suggest(Rate) - 0.7) + trial.Suggest(Method).Length;
}
