using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Attributes and constraints.</summary>
public sealed class NotesTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public void AttributesAreKeptWithTheTrialAndTheLastOfANameStands()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        trial.SetAttribute("note", "first");
        trial.SetAttribute("note", "second");
        trial.SetAttribute("accuracy", 0.5);
        trial.SetAttribute("ok", true);
        Assert.Throws<ArgumentException>(() => trial.SetAttribute(" ", 1));
        var attributes = study.Tell(trial, 1).Attributes;
        Assert.Equal(("second", 0.5, true), (attributes["note"].Text, attributes["accuracy"].Number, attributes["ok"].Truth));
        Assert.Equal(3, attributes.Count);
    }

    [Fact]
    public void AttributesOfAFailedTrialAreKept()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<FormatException>(() => study.Optimize(trial =>
        {
            trial.SetAttribute("stage", "reading");
            return trial.Number == 0 ? throw new FormatException() : 1.0;
        }));
        Assert.Equal("reading", study.Trials[0].Attributes["stage"].Text);
    }

    [Fact]
    public void AttributesAreKeptWithTheStudy()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        study.SetAttribute("data", "digits");
        study.SetAttribute("data", "faces");
        Assert.Equal("faces", Assert.Single(study.Attributes).Value.Text);
        Assert.Throws<ArgumentException>(() => study.SetAttribute("", 1));
    }

    [Fact]
    public void TheLastConstraintsStandAndNaNIsRefused()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        trial.SetConstraints(1, 2);
        trial.SetConstraints(0, -1);
        Assert.Throws<ArgumentException>(() => trial.SetConstraints(double.NaN));
        var told = study.Tell(trial, 1);
        Assert.Equal([0, -1], told.Constraints);
        Assert.True(told.IsFeasible);
    }
}
