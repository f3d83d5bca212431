using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Support.PopulationScene;

namespace HyperOpt.Tests.Studies;

/// <summary>How a result came about, and whether it comes about again.</summary>
public sealed class PopulationScheduleTests
{
    private const int Trials = 80;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TheScheduleLeadsFromTheFirstIntervalToTheTrial()
    {
        using var study = new Study(Options());
        var best = Train(study, Trials);
        var schedule = study.Schedule(best);
        Assert.Null(schedule.Intervals[0].Parent);
        Assert.Equal(best.Number, schedule.Trial.Number);
        Assert.All(schedule.Intervals.Zip(schedule.Intervals.Skip(1)), pair => Assert.Equal(pair.First.Number, pair.Second.Parent));
        Assert.Equal(schedule.Intervals.Select(interval => interval.Get(Rate)), schedule.Of(Rate));
        Assert.Equal(best.Number / Population + 1, schedule.Intervals.Length); // one of each generation
    }

    [Fact]
    public void TheWeightsHaveTrainedAsLongAsTheScheduleSays()
    {
        using var study = new Study(Options());
        Train(study, Trials);
        foreach (var trial in study.Trials)
        {
            using var checkpoint = study.OpenArtifact(trial.Number, Artifact.Checkpoint);
            Assert.Equal(5 * study.Schedule(trial).Intervals.Length, Load(null!, checkpoint).Steps);
        }
    }

    [Fact]
    public void AReplayOnAFreshModelConfirmsEveryTrialBitForBit()
    {
        using var study = new Study(Options());
        Train(study, Trials);
        foreach (var trial in study.Trials)
        {
            var replay = PopulationReplay.Run(study.Schedule(trial), Create, Step);
            Assert.True(replay.IsExact, $"Trial {trial.Number} differs by {replay.LargestDifference}.");
            Assert.Equal(trial.Value, replay.Values[^1]);
        }
    }

    [Fact]
    public void AReplayShowsWhatACheckpointDoesNotHold()
    {
        // What is loaded is not quite what was saved: the study trained from something else than its schedule says.
        using var study = new Study(Options());
        var best = study.TrainPopulation(
            Create,
            Step,
            Save,
            (trial, stream) =>
            {
                var weight = Load(trial, stream);
                weight.Value = Math.Round(weight.Value, 3);
                return weight;
            },
            Trials);
        var replay = PopulationReplay.Run(study.Schedule(study.Trials[Trials - 1]), Create, Step);
        Assert.False(replay.IsExact);
        Assert.InRange(replay.LargestDifference, 1e-9, 1);
        Assert.True(best.Number >= 0);
    }

    [Fact]
    public async Task AReplayMayBeAsynchronous()
    {
        using var study = new Study(Options());
        var best = Train(study, Trials);
        var replay = await PopulationReplay.RunAsync(study.Schedule(best), Create, (weight, trial, _) => Task.FromResult(Step(weight, trial)), Token);
        Assert.True(replay.IsExact);
        Assert.Equal(replay.Schedule.Intervals.Select(interval => interval.Value), replay.Values);
    }

    [Fact]
    public void AReplayAsksForWhatWasAskedFor()
    {
        using var study = new Study(Options());
        var schedule = study.Schedule(Train(study, Trials));
        var error = Assert.Throws<InvalidOperationException>(() => PopulationReplay.Run(schedule, Create, (_, trial) => trial.SuggestFloat("other", 0, 1)));
        Assert.Contains("'other' was asked for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheProbeNamesHyperparametersThatAreAskedForAndNotUsed()
    {
        double StepWrongly(Weight weight, ITrial trial)
        {
            _ = trial.Suggest(Rate); // as asked for by a contract, but the optimizer was made with the member
            weight.Value -= weight.Rate * weight.Value + (trial.Suggest(Kind) == "damped" ? trial.Suggest(Damping) : 0);
            return weight.Value * weight.Value;
        }

        using var wrong = new Study(Options());
        wrong.TrainPopulation(trial => new Weight { Value = 3, Rate = trial.Suggest(Rate) }, StepWrongly, Save, Load, Trials);
        var children = wrong.Trials.Where(trial => trial.Parent is not null).ToArray();
        Assert.All(children, trial => Assert.Equal(["rate"], PopulationProbe.FindIgnored(wrong, trial, Create, StepWrongly, Load)));
    }

    [Fact]
    public void TheProbeFindsNothingWhereAllIsUsed()
    {
        using var study = new Study(Options());
        Train(study, Trials);
        Assert.All(study.Trials, trial => Assert.Empty(PopulationProbe.FindIgnored(study, trial, Create, Step, Load)));
        Assert.Contains(study.Trials, trial => trial.Parameters.ContainsKey("damping"));
    }

    [Fact]
    public async Task AScheduleIsWrittenAsATable()
    {
        using var study = new Study(Options());
        var schedule = study.Schedule(Train(study, Trials));
        using var writer = new StringWriter();
        await schedule.WriteCsvAsync(writer, Token);
        var lines = writer.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(schedule.Intervals.Length + 1, lines.Length);
        Assert.Contains("param_rate", lines[0], StringComparison.Ordinal);
        Assert.Equal(schedule.Intervals.Select(interval => $"{interval.Number},"), lines.Skip(1).Select(line => line[..(line.IndexOf(',', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void ThereIsNoScheduleOfATrialThatIsNot()
    {
        using var study = new Study(Options());
        Train(study, Population);
        Assert.Throws<ArgumentOutOfRangeException>(() => study.Schedule(Population));
        Assert.Throws<ArgumentOutOfRangeException>(() => study.Schedule(-1));
    }
}
