using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class LoggingTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public void ATrialsLifeIsLogged()
    {
        var logger = new ListLogger();
        var study = new Study(new StudyOptions { Name = "mine", Space = [X], Logger = logger, Sampler = new DelegateSampler((_, _, _) => new Proposal([0.25])) });
        study.Optimize(trial => trial.Suggest(X) / 4, trials: 1);
        Assert.Equal(
            [
                new ListLogger.Entry(LogLevel.Debug, 1, "Trial 0 began with x=2.5", null),
                new ListLogger.Entry(LogLevel.Information, 2, "Trial 0 ended as Completed with 0.625: x=2.5", null),
                new ListLogger.Entry(LogLevel.Information, 10, "Run of study 'mine' ended after 1 trials: 1 trials have begun", null),
            ],
            logger.Entries);
    }

    [Fact]
    public void ATrialThatIsGivenBackOrLeftBehindIsLogged()
    {
        var logger = new ListLogger();
        using var cancel = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var study = new Study(new StudyOptions { Space = [X], Logger = logger });
        Assert.Throws<OperationCanceledException>(() => study.Optimize(
            (_, _) =>
            {
                cancel.Cancel();
                release.Wait(CancellationToken.None);
                return 1;
            },
            new RunOptions { Trials = 1, Grace = TimeSpan.Zero }, cancel.Token));
        release.Set();
        Assert.Equal(
            [
                (LogLevel.Warning, 8, "Trial 0 did not end within 00:00:00 after it was told to stop; it is left behind and its thread may go on"),
                (LogLevel.Information, 9, "Trial 0 was given back, to be tried again: the run was cancelled"),
            ],
            logger.Entries.Where(entry => entry.Id is 8 or 9).Select(entry => (entry.Level, entry.Id, entry.Message)));
    }
}
