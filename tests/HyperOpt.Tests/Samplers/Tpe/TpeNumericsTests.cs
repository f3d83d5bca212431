using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>Histories that are hard on floating-point numbers.</summary>
public sealed class TpeNumericsTests
{
    [Fact]
    public void AHundredThousandTrialsAtPlacesThatHardlyDifferTeachItWhereNotToLook()
    {
        // Nine in ten trials lie within 1e-12 of 0.2 and are poor, the others at 0.7: there, or where nothing was tried, is more to be expected.
        SearchSpace space = [Parameter.Float("x", 0, 1)];
        double[] units = [.. Enumerable.Range(0, 100_000).Select(i => i % 10 == 0 ? 0.7 + 1e-13 * (i % 7) : 0.2 + 1e-13 * (i % 11))];
        var history = TrialHistory.Create(space, units.Select((unit, i) => Completed(i, unit, Math.Abs(unit - 0.7))));
        for (var seed = 0ul; seed < 20; seed++)
        {
            var unit = new TpeSampler().Propose(space, history, new Xoshiro256StarStar(seed)).Point[0];
            Assert.InRange(unit, 0, 1);
            Assert.NotInRange(unit, 0.15, 0.25);
        }
    }

    [Fact]
    public void OnARangeThatIsHardlyOneAllValuesAreWithinIt()
    {
        var narrow = Parameter.Float("x", 1, 1 + 1e-12);
        var study = new Study(new StudyOptions { Space = [narrow], Sampler = new TpeSampler(), Seed = 1 });
        study.Optimize(trial => 1 + 1e-12 - trial.Suggest(narrow), trials: 60);
        Assert.All(study.Trials, trial => Assert.InRange(trial.Get(narrow), 1, 1 + 1e-12));
        Assert.InRange(study.Best.Value, 0, 1e-13);
    }

    [Fact]
    public void ACategoryThatWasNeverSeenIsTriedSoon()
    {
        // Two of three were: what is known of the third is the prior's, which is more of the few good trials than of the many others.
        SearchSpace space = [Parameter.Categorical("kind", "a", "b", "c")];
        var history = TrialHistory.Create(space, Enumerable.Range(0, 40).Select(i => Completed(i, i % 2 == 0 ? 1.0 / 6 : 0.5, i % 2)));
        var kinds = Enumerable.Range(0, 20).Select(seed => (int)(3 * new TpeSampler().Propose(space, history, new Xoshiro256StarStar((ulong)seed)).Point[0])).ToArray();
        Assert.Contains(2, kinds);
        Assert.DoesNotContain(1, kinds);
    }

    private static Observation Completed(int number, double unit, double loss) =>
        new() { Number = number, State = TrialState.Completed, Point = [unit], Losses = [loss] };
}
