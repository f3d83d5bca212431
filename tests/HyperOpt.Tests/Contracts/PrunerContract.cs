using HyperOpt.Pruners;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>
/// What any pruner must hold to. Inherit it, say how to make the pruner, and its tests run for yours;
/// inherit <see cref="RelativePrunerContract"/> instead if the pruner judges a trial by how others did.
/// </summary>
public abstract class PrunerContract
{
    /// <summary>How many completed trials the pruner asks for before it prunes, or more.</summary>
    protected virtual int EnoughTrials => 60;

    /// <summary>A new pruner, each time with the same settings.</summary>
    protected abstract IPruner CreatePruner();

    [Fact]
    public void TheSameTrialAndHistoryGetTheSameAnswerColdAndWarm()
    {
        var history = Enough();
        var pruner = CreatePruner();
        var cold = Trials().Select(trial => CreatePruner().ShouldPrune(trial, Enough())).ToArray();
        Assert.Equal(cold, Answers(pruner, history));
        Assert.Equal(cold, Answers(pruner, history));
    }

    [Fact]
    public void AnAnswerDoesNotDependOnWhatWasAskedBefore()
    {
        var history = Enough();
        var pruner = CreatePruner();
        var backwards = Trials().Reverse().Select(trial => pruner.ShouldPrune(trial, history)).Reverse();
        Assert.Equal(Answers(CreatePruner(), Enough()), backwards);
    }

    [Fact]
    public void SeveralThreadsGetTheAnswersOfOne()
    {
        var trials = Trials().ToArray();
        var history = Enough();
        var pruner = CreatePruner();
        var answers = new bool[4 * trials.Length];
        Parallel.For(0, answers.Length, i => answers[i] = pruner.ShouldPrune(trials[i % trials.Length], history));
        var expected = Answers(CreatePruner(), Enough());
        Assert.All(answers.Chunk(trials.Length), each => Assert.Equal(expected, each));
    }

    [Fact]
    public void AnswersAboutAnotherHistoryInBetweenChangeNone()
    {
        var history = Enough();
        var pruner = CreatePruner();
        var before = Answers(pruner, history);
        _ = Answers(pruner, PrunerCases.History([.. history.Finished, .. PrunerCases.CompletedTrials(50, 9, 5_000)]));
        Assert.Equal(before, Answers(pruner, history));
    }

    [Fact]
    public void ItAnswersWhenNoTrialHasFinished() => AnswersOddTrials(PrunerCases.History());

    [Fact]
    public void ItAnswersWhenEveryOtherTrialFailedOrWasPruned() => AnswersOddTrials(PrunerCases.History(
        PrunerCases.CompletedTrials(EnoughTrials).Select(trial => PrunerCases.Trial(
            trial.Number,
            trial.Number % 2 == 0 ? TrialState.Failed : TrialState.Pruned,
            PrunerCases.Reports(trial).Take(trial.Number % 7)))));

    [Fact]
    public void ItAnswersWhenNoOtherTrialReported() => AnswersOddTrials(PrunerCases.History(WithoutReports(TrialState.Completed)));

    [Fact]
    public void ItAnswersWhenAllCurvesAreEqual() => AnswersOddTrials(PrunerCases.History(
        Enumerable.Range(0, EnoughTrials).Select(number => PrunerCases.Trial(
            number, TrialState.Completed, Enumerable.Range(0, PrunerCases.Steps).Select(step => (step, 0.5))))));

    [Fact]
    public void ItAnswersAmongCurvesThatAreAsOddAsTheTrial() => AnswersOddTrials(PrunerCases.History(
        Enumerable.Range(0, EnoughTrials).Select(number => PrunerCases.Trial(
            number, TrialState.Completed, PrunerCases.Reports(PrunerCases.OddTrials[number % PrunerCases.OddTrials.Length])))));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ItAnswersWhenAllOthersReportedOneThatIsNoNumber(double loss) => AnswersOddTrials(PrunerCases.History(
        Enumerable.Range(0, EnoughTrials).Select(number => PrunerCases.Trial(
            number, TrialState.Completed, (0, loss), (1, loss), (int.MaxValue, loss)))));

    [Fact]
    public void ItAnswersAmongAThousandTrials() => AnswersOddTrials(PrunerCases.History(PrunerCases.CompletedTrials(1_000)));

    [Fact]
    public void TrialsThatReportedNothingChangeNoAnswer()
    {
        TrialState[] states = [TrialState.Failed, TrialState.Pruned, TrialState.Completed];
        var history = PrunerCases.History([.. states.SelectMany(WithoutReports), .. Enough().Finished]);
        Assert.Equal(Answers(CreatePruner(), Enough()), Answers(CreatePruner(), history));
    }

    protected TrialHistory Enough() => PrunerCases.History(PrunerCases.CompletedTrials(EnoughTrials));

    private static IEnumerable<Observation> Trials() =>
        PrunerCases.OddTrials.Concat(PrunerCases.UnderWay(20, 5)).SelectMany(trial => PrunerCases.AfterEachReport(trial).Take(40));

    private static bool[] Answers(IPruner pruner, TrialHistory history) =>
        [.. Trials().Select(trial => pruner.ShouldPrune(trial, history))];

    private IEnumerable<Observation> WithoutReports(TrialState state) =>
        Enumerable.Range(0, EnoughTrials).Select(i => PrunerCases.Trial(10_000 * (1 + (int)state) + i, state));

    private void AnswersOddTrials(TrialHistory history)
    {
        var pruner = CreatePruner();
        foreach (var trial in PrunerCases.OddTrials.SelectMany(PrunerCases.AfterEachReport))
        {
            var answer = pruner.ShouldPrune(trial, history);
            Assert.Equal(answer, CreatePruner().ShouldPrune(trial, history));
        }
    }
}
