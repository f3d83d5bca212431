using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class StopRuleTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly IntParameter Digit = Parameter.Int("digit", 0, 9);

    [Fact]
    public async Task WhyARuleEndedARunIsNotedWithTheStudy()
    {
        var storage = new InMemoryStorage();
        var x = Parameter.Float("x", 0, 1);
        using (var study = new Study(new StudyOptions { Space = [x], Storage = storage }))
        {
            await study.RunAsync(Objective.From((trial, _) => trial.Suggest(x)), new RunOptions { Trials = 3 });
            Assert.DoesNotContain(RunSummary.StopAttribute, study.Attributes.Keys);
            var summary = await study.RunAsync(Objective.From((trial, _) => trial.Suggest(x)), new RunOptions { StopWhen = Stop.AfterTrials(2) });
            Assert.Equal($"after 5 trials: {summary.Reason}", study.Attributes[RunSummary.StopAttribute].Text);
        }

        using var again = new Study(new StudyOptions { Space = [x], Storage = storage, Mode = OpenMode.Read });
        Assert.StartsWith("after 5 trials: ", again.Attributes[RunSummary.StopAttribute].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrialsTimeTargetAndStandstillEndARun()
    {
        Assert.Equal(3, (await RunAsync(Stop.AfterTrials(3))).Count);
        Assert.Equal(6, (await RunAsync(Stop.AfterTime(TimeSpan.FromSeconds(6)))).Count); // a second each
        Assert.Equal(5, (await RunAsync(Stop.WhenReached(-4))).Count); // trial n has the value -min(n, 7)
        Assert.Equal(8 + 2, (await RunAsync(Stop.WhenNoImprovement(2))).Count);
    }

    [Fact]
    public async Task RulesCompose()
    {
        var four = Stop.AfterTrials(4);
        var target = Stop.WhenReached(-5);
        Assert.Equal(4, (await RunAsync(four.Or(target))).Count);
        var (count, reason) = await RunAsync(four.And(target));
        Assert.Equal(6, count);
        Assert.Equal("4 trials have begun, and trial 5 reached -5, the target being -5", reason);
        Assert.Equal(2, (await RunAsync(Stop.When(status => status.Ended == 2 ? "two are enough" : null))).Count);
    }

    [Fact]
    public async Task AnExhaustedSpaceEndsARunThoughTheSamplerWouldGoOn()
    {
        var study = new Study(new StudyOptions { Space = [Digit] });
        var summary = await study.RunAsync(Objective.From((trial, _) => trial.Suggest(Digit)), new RunOptions { StopWhen = Stop.WhenExhausted });
        Assert.Equal((10, "every configuration has been tried"), (summary.Completed, summary.Reason));
    }

    [Fact]
    public async Task ARunEndsWhenTheSamplerHasNothingLeft()
    {
        var study = new Study(new StudyOptions { Space = [Digit], Sampler = new GridSampler() });
        var summary = await study.RunAsync(Objective.From((trial, _) => trial.Suggest(Digit)), new RunOptions { Trials = 50, Parallelism = 4 });
        Assert.Equal((10, "the sampler has nothing left to try"), (summary.Completed, summary.Reason));
    }

    [Fact]
    public void MoreIsBetterForATargetWhereThatIsTheDirection()
    {
        var study = new Study(new StudyOptions { Space = [X], Direction = Direction.Maximize });
        study.Optimize(trial => trial.Number, new RunOptions { StopWhen = Stop.WhenReached(6) });
        Assert.Equal(7, study.Trials.Count);
    }

    [Fact]
    public void StandstillWithoutAnyBestCountsAllTrials()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<InvalidOperationException>(() => study.Optimize(_ => double.NaN, new RunOptions { StopWhen = Stop.WhenNoImprovement(4) }));
        Assert.Equal(4, study.Trials.Count);
    }

    public static TheoryData<string> Rules => ["trials", "target", "standstill", "exhausted", "own"];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task WithOneLagARunEndsAfterTheSameTrialAtAnyParallelism(string rule)
    {
        string[]? expected = null;
        foreach (var parallelism in new[] { 1, 2, 4, 8 })
        {
            var study = new Study(new StudyOptions { Space = [Digit], Lag = 8, Seed = 5, Sampler = new QuasiRandomSampler() });
            await study.OptimizeAsync(
                async (trial, _) =>
                {
                    await Task.Delay(trial.Number * 7 % 4, CancellationToken.None); // they end in many orders
                    return Math.Abs(trial.Suggest(Digit) - 4);
                },
                new RunOptions { Parallelism = parallelism, StopWhen = Rule(rule) });
            expected ??= Fingerprints.Of(study);
            Assert.InRange(expected.Length, 5, 60);
            Assert.Equal(expected, Fingerprints.Of(study));
        }
    }

    [Fact]
    public void ARuleForOneObjectiveSaysSoWhenThereAreSeveral()
    {
        foreach (var rule in new[] { Stop.WhenReached(0), Stop.WhenNoImprovement(2) })
        {
            var study = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Minimize] });
            var error = Assert.Throws<InvalidOperationException>(() => study.Optimize(_ => [1, 2], new RunOptions { StopWhen = rule }));
            Assert.Contains("judges one objective, but the study has 2", error.Message);
        }
    }

    [Fact]
    public void ARuleThatThrowsEndsTheRun()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<FormatException>(() => study.Optimize(
            _ => 1.0, new RunOptions { Parallelism = 2, StopWhen = Stop.When(status => status.Started == 3 ? throw new FormatException() : null) }));
        Assert.Equal(3, study.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public void RulesThatCannotHoldAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Stop.WhenReached(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.AfterTrials(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.AfterTime(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.WhenNoImprovement(0));
    }

    private static IStopRule Rule(string name) => name switch
    {
        "trials" => Stop.AfterTrials(13),
        "target" => Stop.WhenReached(0),
        "standstill" => Stop.WhenNoImprovement(5),
        "exhausted" => Stop.WhenExhausted,
        _ => Stop.When(status => status.SinceBest > status.Ended / 2 && status.Ended > 6 ? "half of them were for nothing" : null),
    };

    private static async Task<(int Count, string Reason)> RunAsync(IStopRule rule)
    {
        var time = new ManualTime();
        var study = new Study(new StudyOptions { Space = [X], TimeProvider = time });
        var summary = await study.RunAsync(
            Objective.From((trial, _) =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return -Math.Min(trial.Number, 7);
            }),
            new RunOptions { StopWhen = rule });
        return (study.Trials.Count, summary.Reason);
    }
}
