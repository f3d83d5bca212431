using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>What a trial answers to each call, right or wrong.</summary>
public sealed class TrialCallsTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Optimizer, "sgd");

    // Proposes adam.
    private static readonly StudyOptions Adam = new()
    {
        Space = [Optimizer, Momentum],
        Sampler = new DelegateSampler((_, _, _) => new Proposal([0.1, double.NaN])),
    };

    [Fact]
    public void ASuggestionIsTheSameEachTime()
    {
        var trial = new Study(new StudyOptions { Space = [X] }).Ask();
        Assert.Equal(trial.Suggest(X), trial.Suggest(X));
        Assert.Equal(trial.Suggest(X), trial.Suggest(Parameter.Float("x", -5, 5)));
    }

    [Fact]
    public void AnInactiveParameterIsNotSuggested()
    {
        var trial = new Study(Adam).Ask();
        Assert.False(trial.IsActive(Momentum));
        var message = Assert.Throws<InvalidOperationException>(() => trial.Suggest(Momentum)).Message;
        Assert.Contains("'momentum' is when optimizer is sgd", message);
        Assert.Contains("trial 0 has optimizer=adam", message);
        Assert.Contains("Ask for it inside an `if`", message);
    }

    [Fact]
    public void AParameterNotMetYetIsActiveIfItsConditionsHold()
    {
        var trial = new Study(new StudyOptions { Space = [Optimizer], Sampler = new DelegateSampler((space, _, _) => new Proposal([.. space.Select(_ => 0.1)])) }).Ask();
        Assert.False(trial.IsActive(Momentum));
        Assert.True(trial.IsActive(Parameter.Float("beta", 0, 1).When(Optimizer, "adam")));
        Assert.True(trial.IsActive(X));
        Assert.Throws<InvalidOperationException>(() => trial.Suggest(Momentum));
    }

    [Fact]
    public void AnotherDomainUnderANameThatWasAskedForIsRefused()
    {
        var trial = new Study(new StudyOptions { Space = [X] }).Ask();
        trial.Suggest(X);
        var message = Assert.Throws<InvalidOperationException>(() => trial.Suggest(Parameter.Float("x", 0, 1))).Message;
        Assert.Contains("x: float in [-5, 5]", message);
        Assert.Contains("x: float in [0, 1]", message);
    }

    [Fact]
    public void NothingIsAcceptedAfterTheEnd()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        study.Tell(trial, 1);
        Assert.Throws<InvalidOperationException>(() => trial.Suggest(X));
        Assert.Throws<InvalidOperationException>(() => trial.Report(0, 1));
        Assert.Throws<InvalidOperationException>(() => trial.SetAttribute("a", 1));
        Assert.Throws<InvalidOperationException>(() => trial.SetConstraints(1));
        Assert.Empty(study.Trials[0].Reports);
        Assert.Empty(study.Trials[0].Attributes);
    }

    [Fact]
    public void TheFirstReportOfAStepStands()
    {
        var logger = new ListLogger();
        var study = new Study(new StudyOptions { Space = [X], Logger = logger });
        var trial = study.Ask();
        trial.Report(1, 5);
        trial.Report(0, 4);
        trial.Report(1, 3);
        Assert.Equal([(1, 5.0), (0, 4.0)], study.Trials[0].Reports.Select(report => (report.Step, report.Values[0])));
        var entry = Assert.Single(logger.Entries, entry => entry.Id == 6);
        Assert.Equal((LogLevel.Warning, "Trial 0 reported step 1 again; the first report stands"), (entry.Level, entry.Message));
    }

    [Fact]
    public void AReportHasAStepAndAValueForEachObjective()
    {
        var study = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Maximize] });
        var trial = study.Ask();
        Assert.Throws<ArgumentOutOfRangeException>(() => trial.Report(-1, 1, 2));
        Assert.Throws<ArgumentException>(() => trial.Report(0, 1));
        trial.Report(0, 1, 2);
        Assert.Equal([1, 2], Assert.Single(study.Trials[0].Reports).Values);
    }

    [Fact]
    public void OnlyWhatWasAskedForAndItsParentsIsKept()
    {
        var study = new Study(new StudyOptions { Space = [X, Optimizer, Momentum], Sampler = new DelegateSampler((space, _, _) => new Proposal([0.5, 0.9, 0.5])) });
        var trial = study.Ask();
        trial.Suggest(Momentum);
        Assert.Equal(["optimizer", "momentum"], study.Tell(trial, 1).Parameters.Keys);
    }
}
