using System.Text;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage;

/// <summary>A study that is exported and imported is the same study, and whatever else is imported is refused or harmless.</summary>
public sealed class ExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void WhatIsExportedAndImportedIsTheSameStudy() => Law.Holds(StudyScript.Cases, steps =>
    {
        var storage = new InMemoryStorage();
        using var study = StudyScript.Create(storage, steps);
        using var imported = Read(Import(Export(storage)));
        Assert.Equal(study.Trials.Select(StudyScript.Transplanted).Select(StudyScript.Describe), imported.Trials.Select(StudyScript.Describe));
        Assert.Equal(study.Seed, imported.Seed);
        Assert.Equal(study.Directions, imported.Directions);
        Assert.Equal(study.Attributes.AsEnumerable(), imported.Attributes);
        Assert.Equal(study.ParetoFront.Select(trial => trial.Number), imported.ParetoFront.Select(trial => trial.Number));
    });

    [Fact]
    public void AnImportedStudyIsExportedAsTheSameLinesButItsId() => Law.Holds(StudyScript.Cases, steps =>
    {
        var storage = new InMemoryStorage();
        using var study = StudyScript.Create(storage, steps);
        var once = Export(Import(Export(storage)).Storage, "imported");
        var twice = Export(Import(once).Storage, "imported");
        Assert.Equal(once.Split('\n').Where(NotCreated), twice.Split('\n').Where(NotCreated));
        Assert.NotEqual(once, twice);
    });

    [Fact]
    public async Task AnImportedStudyGoesOnAsIfItHadNeverStopped()
    {
        var options = new StudyOptions { Seed = 3, Lag = 1 };
        using var whole = new Study(options);
        whole.Optimize(Objective, trials: 40);
        var storage = new InMemoryStorage();
        using var part = new Study(options with { Storage = storage });
        part.Optimize(Objective, trials: 13);
        using var imported = await Import(Export(storage)).OpenAsync(options with { Name = "imported" }, Token);
        imported.Optimize(Objective, trials: 27);
        Assert.Equal(whole.Trials.Select(trial => trial.ToString()), imported.Trials.Select(trial => trial.ToString()));

        static double Objective(ITrial trial) => trial.SuggestFloat("x", -1, 1) * trial.SuggestInt("n", 1, 9);
    }

    [Fact]
    public void LineEndsOfWindowsDoNoHarm()
    {
        var storage = new InMemoryStorage();
        using var study = StudyScript.Create(storage, [22, 96, 2]);
        using var imported = Read(Import(Export(storage).ReplaceLineEndings("\r\n")));
        Assert.Equal(study.Trials.Count, imported.Trials.Count);
    }

    [Fact]
    public async Task TheNameIsTheOldOneUnlessAnotherIsGiven()
    {
        var storage = new InMemoryStorage();
        using var study = new Study(new StudyOptions { Name = "größe/../..", Storage = storage });
        var text = Export(storage, "größe/../..");
        var store = new StudyStore(new InMemoryStorage());
        Assert.Equal("größe/../..", await store.ImportAsync(Streams.Of(text), token: Token));
        Assert.Equal("other", await store.ImportAsync(Streams.Of(text), "other", Token));
        Assert.Equal(["größe/../..", "other"], [.. await store.ListAsync(Token)]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => store.ImportAsync(Streams.Of(text), "other", Token).AsTask());
        Assert.Contains("'other' is taken", error.Message, StringComparison.Ordinal);
    }

    internal static string Export(IStorage storage, string study = "study")
    {
        using var memory = new MemoryStream();
        Await(new StudyStore(storage).ExportAsync(study, memory, CancellationToken.None).AsTask());
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>Imports as "imported" into a storage of its own.</summary>
    internal static StudyStore Import(string text)
    {
        var store = new StudyStore(new InMemoryStorage());
        Await(store.ImportAsync(Streams.Of(text), "imported", CancellationToken.None).AsTask());
        return store;
    }

    internal static Study Read(StudyStore store) => store.ReadAsync("imported", CancellationToken.None).AsTask().GetAwaiter().GetResult();

    internal static void Await(Task task) => task.GetAwaiter().GetResult();

    private static bool NotCreated(string line) => !line.Contains("study_created", StringComparison.Ordinal);
}
