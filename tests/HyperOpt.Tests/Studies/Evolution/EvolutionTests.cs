using HyperOpt.Engine;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies.Evolution;

/// <summary>Studies that are opened with another space than they had, and say how it came about.</summary>
public sealed class EvolutionTests
{
    private static readonly FloatParameter Old = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter New = Parameter.Float("x", 2, 3);
    private static readonly FloatParameter Wide = Parameter.Float("x", 0, 3);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 1);

    private readonly InMemoryStorage _storage = new();

    [Fact]
    public void TheErrorOfASpaceThatNothingFitsNamesTheRemedyAndItHelps()
    {
        Run(Options(Old), Old, 5);
        var message = Assert.Throws<InvalidOperationException>(() => new Study(Options(New))).Message;
        Assert.Contains("the trials had (x: float in [0, 1]), it is now (x: float in [2, 3]), and 0 of 5 values fit", message);
        Assert.Contains("StudyOptions.Evolution = [SpaceChange.Redefine(…)]", message);
        var study = Run(Options(New) with { Evolution = [SpaceChange.Redefine(New)] }, New, 5);
        Assert.Equal(10, study.Trials.Count);
        Assert.Equal(5, study.Trials.Count(trial => trial.FitsSpace));
        Assert.InRange(study.Best.Get(New), 2, 3);
    }

    [Fact]
    public void TheListMayStayInTheProgramAndGrow()
    {
        Run(Options(Old), Old, 5);
        var first = Options(Wide) with { Evolution = [SpaceChange.Redefine(Wide)] };
        Run(first, Wide, 1);
        Run(first, Wide, 1);
        var z = Parameter.Float("z", 0, 3);
        var second = first with { Space = [z, Y], Evolution = [.. first.Evolution, SpaceChange.Rename("x", "z"), SpaceChange.Add(Y, 0.5)] };
        Run(second, z, 1);
        Run(second, z, 1);
        var third = second with { Space = [z], Evolution = [.. second.Evolution, SpaceChange.Drop("y")] };
        Run(third, z, 1);
        Assert.Equal(["z"], Run(third, z, 1).Space.Select(parameter => parameter.Name));
        Assert.Equal([1, 2, 3], Events().OfType<SpaceChanged>().Select(changed => changed.Version));
        Assert.Equal([5, 7, 9], Events().OfType<SpaceChanged>().Select(changed => changed.Trials));
        Assert.Equal([1, 2, 1], Events().OfType<SpaceChanged>().Select(changed => changed.Changes.Length));
    }

    [Fact]
    public void ANewStudyNeedsNoChange()
    {
        Run(Options(Wide) with { Evolution = [SpaceChange.Redefine(Wide), SpaceChange.Rename("w", "x")] }, Wide, 3);
        Assert.Empty(Events().OfType<SpaceChanged>());
    }

    [Fact]
    public void ChangesThatDoNotLeadToTheDeclaredSpaceAreRefused()
    {
        Run(Options(Old), Old, 5);
        var redefined = Assert.Throws<InvalidOperationException>(() => new Study(Options(Wide) with { Evolution = [SpaceChange.Add(Y, 0)] })).Message;
        Assert.Contains("leave (x: float in [0, 1]), and declared is (x: float in [0, 3]). Add SpaceChange.Redefine", redefined);
        var added = Assert.Throws<InvalidOperationException>(() => new Study(Options(Wide, Y) with { Evolution = [SpaceChange.Redefine(Wide)] })).Message;
        Assert.Contains("say nothing of 'y', which its trials lack. Add SpaceChange.Add", added);
        Assert.Contains("'q' is not among 'x'", Assert.Throws<ArgumentException>(() => new Study(Options(Wide) with { Evolution = [SpaceChange.Drop("q")] })).Message);
        Assert.Empty(Events().OfType<SpaceChanged>());
    }

    [Fact]
    public void OnceChangedAStudyIsOpenedWithTheSpaceInForce()
    {
        Run(Options(Old), Old, 5);
        Run(Options(Wide, Y) with { Evolution = [SpaceChange.Redefine(Wide), SpaceChange.Add(Y, 0)] }, Wide, 1);
        Assert.Contains("has (x: float in [0, 3]), and it was opened with (x: float in [0, 1])", Assert.Throws<InvalidOperationException>(() => new Study(Options(Old, Y))).Message);
        Assert.Contains("opened without 'y', which was added", Assert.Throws<InvalidOperationException>(() => new Study(Options(Wide))).Message);
        Assert.Equal(6, new Study(Options(Wide, Y)).Trials.Count);
        Assert.Equal(6, new Study(new StudyOptions { Storage = _storage }).Trials.Count); // asks for them as it goes
        Assert.Equal(6, new Study(Options(Old, Y) with { Mode = OpenMode.Read }).Trials.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WaitingTrialsAreBegunInTheSpaceInForce(bool isReproducible)
    {
        var options = Options(Wide) with { Sampler = new DelegateSampler((space, _, _) => new Proposal([.. space.Select(_ => 0.25)])) };
        var study = new Study(options);
        var (low, high) = (study.Ask(), study.Ask());
        low.Suggest(Wide);
        study.Enqueue(Wide.Is(2.5));
        study.Enqueue(Wide.Is(0.5));
        study.Enqueue();
        Release(study, low, high);
        var narrow = Parameter.Float("z", 0, 1);
        var changed = new Study(options with { Space = [narrow, Y], Evolution = [SpaceChange.Rename("x", "z"), SpaceChange.Redefine(narrow), SpaceChange.Add(Y, 0.75)] });
        changed.Optimize(trial => trial.Suggest(narrow) + 10 * trial.Suggest(Y), new RunOptions { Trials = 5, Reproducible = isReproducible });

        // 0.75 was proposed and fits, with what y was before; 2.5 does not fit and is drawn; what was enqueued without y has one drawn.
        Assert.Equal([0.75 + 7.5, 0.75 + 7.5, 0.25 + 2.5, 0.5 + 2.5, 0.25 + 2.5], changed.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void AProposalThatHasNoPlaceIsMadeAnew()
    {
        var options = Options(Wide) with { Sampler = new DelegateSampler((space, _, _) => new Proposal([.. space.Select(_ => 0.75)])) };
        foreach (var isReproducible in new[] { true, false })
        {
            var study = new Study(options with { Name = $"{isReproducible}", Lag = isReproducible ? 1 : null });
            Release(study, study.Ask());
            var changed = new Study(options with { Name = $"{isReproducible}", Space = [Old], Evolution = [SpaceChange.Redefine(Old)] });
            changed.Optimize(trial => trial.Suggest(Old), new RunOptions { Trials = 2, Reproducible = isReproducible });
            Assert.Equal([0.75, 0.75], changed.Trials.Select(trial => trial.Value));
        }
    }

    [Fact]
    public void ARunGoesOnInTheNewSpaceWhenItsOwnStudyIsChanged()
    {
        var study = new Study(Options(Old));
        study.Optimize(
            trial =>
            {
                if (trial.Number == 4)
                {
                    study.Evolve(SpaceChange.Redefine(Wide));
                }

                return trial.Suggest((FloatParameter)study.Space[0]);
            },
            trials: 40);
        Assert.All(study.Trials.Take(4), trial => Assert.InRange(trial.Value, 0, 1));
        Assert.Contains(study.Trials.Skip(5), trial => trial.Value > 1.5);
        Assert.All(study.Trials, trial => Assert.True(trial.FitsSpace));
    }

    [Fact]
    public void ATrialThatWasUnderWayIsCarriedOverWhenItEnds()
    {
        var study = new Study(Options(Wide));
        var trials = Enumerable.Range(0, 12).Select(_ => study.Ask()).ToArray();
        study.Evolve(SpaceChange.Rename("x", "z"), SpaceChange.Redefine(Parameter.Float("z", 1, 2)));
        foreach (var trial in trials)
        {
            study.Tell(trial, trial.Suggest(Wide));
        }

        Assert.All(study.Trials, trial => Assert.Equal(trial.Value is >= 1 and <= 2, trial.FitsSpace));
        Assert.All(study.Trials, trial => Assert.Equal(trial.Value, trial.Parameters["z"]));
        Assert.InRange(study.Best.Value, 1, 2);
    }

    [Fact]
    public void ParametersThatWereNeverDeclaredAreChangedByName()
    {
        var options = new StudyOptions { Storage = _storage, Seed = 1 };
        new Study(options).Optimize(trial => trial.SuggestFloat("a", 0, 1) + trial.SuggestFloat("b", 0, 1), trials: 5);
        var study = new Study(options with { Evolution = [SpaceChange.Rename("a", "alpha"), SpaceChange.Drop("b")] });
        study.Optimize(trial => trial.SuggestFloat("alpha", 0, 1), trials: 5);
        Assert.Equal(["alpha"], study.Space.Select(parameter => parameter.Name));
        Assert.All(study.Trials, trial => Assert.InRange((double)trial.Parameters["alpha"], 0, 1));
    }

    [Fact]
    public void HardConstraintsHoldInTheNewSpace()
    {
        Run(Options(Old, Y), Old, 5);
        var constrained = SearchSpace.Empty.With(Wide).With(Y).Require(v => v.Get(Wide) > v.Get(Y));
        var options = new StudyOptions { Storage = _storage, Space = constrained, Evolution = [SpaceChange.Redefine(Wide)], Sampler = new RandomSampler() };
        var study = new Study(options);
        study.Optimize(trial => trial.Suggest(Wide) + trial.Suggest(Y), trials: 30);
        Assert.All(study.Trials.Skip(5), trial => Assert.True(trial.Get(Wide) > trial.Get(Y)));
        Assert.Contains("A hard constraint is code", Assert.Throws<InvalidOperationException>(() => study.Evolve(SpaceChange.Drop("y"))).Message);
        study.Evolve(SpaceChange.Redefine(Parameter.Float("x", 0, 4)));
    }

    [Fact]
    public void ATrialKnowsNothingOfChangesThatCameAfterIt()
    {
        // The same calls at any parallelism make the same trials, before the change and after it.
        string[][] runs = [.. new[] { 1, 2, 4 }.Select(parallelism =>
        {
            var options = new StudyOptions { Storage = new InMemoryStorage(), Seed = 8, Sampler = new NeighbourSampler(), Lag = 4 };
            Run(options with { Space = [Old, Y] }, Old, 15, parallelism);
            var study = Run(options with { Space = [Wide], Evolution = [SpaceChange.Redefine(Wide), SpaceChange.Drop(Y, 0.5)] }, Wide, 15, parallelism);
            study.Evolve(SpaceChange.Redefine(Old));
            return Fingerprints.Of(Run(options with { Space = [Old] }, Old, 15, parallelism));
        })];
        Assert.Equal(45, runs[0].Length);
        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
    }

    private static Study Run(StudyOptions options, FloatParameter asked, int trials, int parallelism = 1)
    {
        var study = new Study(options);
        study.Optimize(
            trial =>
            {
                if (trial.IsActive(asked) && options.Space.IndexOf("y") >= 0)
                {
                    trial.Suggest(Y);
                }

                return Math.Abs(trial.Suggest(asked) - 0.4);
            },
            new RunOptions { Trials = trials, Parallelism = parallelism });
        return study;
    }

    // As a run that is cut short does, or a worker that dies.
    private void Release(Study study, params ReadOnlySpan<ITrial> trials)
    {
        foreach (var trial in trials)
        {
            var log = Blocking.Wait(_storage.OpenAsync(study.Name, OpenMode.Open, default));
            Blocking.Wait(log.AppendAsync([new TrialReleased(ManualTime.Start, trial.Number, 0, "enough", false)], default));
        }
    }

    private StudyOptions Options(params ReadOnlySpan<Parameter> space) => new() { Storage = _storage, Space = SearchSpace.Create(space), Seed = 1 };

    private StudyEvent[] Events() => Blocking.Wait(Blocking.Wait(_storage.OpenAsync("study", OpenMode.Read, default)).ReadAsync(default)).Events.ToArray();
}
