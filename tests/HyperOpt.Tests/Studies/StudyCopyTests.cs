using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class StudyCopyTests
{
    [Fact]
    public void ACopyIsTheSameStudyInAnyStorage() => Law.Holds(StudyScript.Cases, steps =>
    {
        var storage = new InMemoryStorage();
        using var study = StudyScript.Create(storage, steps);
        var target = new StudyStore(new InMemoryStorage());
        CopyAsync().GetAwaiter().GetResult();

        async Task CopyAsync()
        {
            await new StudyStore(storage).CopyAsync("study", target, "copy", CancellationToken.None);
            await using var copy = await target.ReadAsync("copy", CancellationToken.None);
            Assert.Equal(study.Trials.Select(StudyScript.Transplanted).Select(StudyScript.Describe), copy.Trials.Select(StudyScript.Describe));
            foreach (var trial in study.Trials)
            {
                Assert.Equal(trial.Artifacts.AsEnumerable(), copy.Trials[trial.Number].Artifacts);
                foreach (var name in trial.Artifacts.Keys)
                {
                    Assert.Equal(await Streams.TextAsync(study.OpenArtifact(trial.Number, name)), await Streams.TextAsync(copy.OpenArtifact(trial.Number, name)));
                }
            }
        }
    });
}
