using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Numerics;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers;

public sealed class QuasiRandomSamplerTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 1);
    private static readonly FloatParameter Z = Parameter.Float("z", 0, 1);

    [Theory]
    [InlineData(0UL)]
    [InlineData(42UL)]
    public void TrialNGetsPointNOfTheScrambleThatTheSeedNames(ulong seed)
    {
        var study = Run([X, Y, Z], 100, seed: seed);
        Assert.All(study.Trials, trial => AssertIsPoint(trial, seed, (X, 0), (Y, 1), (Z, 2)));
    }

    [Fact]
    public void WithManyWorkersToo()
    {
        var study = Run([X, Y, Z], 100, new RunOptions { Trials = 100, Parallelism = 8 });
        Assert.All(study.Trials, trial => AssertIsPoint(trial, 1, (X, 0), (Y, 1), (Z, 2)));
    }

    [Fact]
    public void EachAlignedBlockOfTrialsFillsEachAxisEvenly()
    {
        var study = Run([X, Y, Z], 128);
        foreach (var parameter in new[] { X, Y, Z })
        {
            foreach (var block in study.Trials.Chunk(16))
            {
                Assert.Equal(Enumerable.Range(0, 16), block.Select(trial => (int)(trial.Get(parameter) * 16)).Order());
            }
        }
    }

    [Fact]
    public void AStudyCoversTheSpaceMoreEvenlyThanAtRandom()
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var even = Discrepancy(new QuasiRandomSampler(), seed);
            var random = Discrepancy(new RandomSampler(), seed);
            Assert.True(even < random / 3, $"Seed {seed}: {even} against {random}.");
        }
    }

    [Fact]
    public void StudiesOfDifferentSeedsHaveDifferentPoints()
    {
        var values = Enumerable.Range(0, 10).SelectMany(seed => Run([X], 64, seed: (ulong)seed).Trials.Select(trial => trial.Get(X)));
        Assert.Equal(640, values.Distinct().Count());
    }

    [Fact]
    public void AParameterThatJoinsLateHasADimensionOfItsOwnFromItsFirstTrialOn()
    {
        var study = new Study(new StudyOptions { Sampler = new QuasiRandomSampler(), Seed = 1 });
        study.Optimize(trial => trial.Suggest(X) + trial.Suggest(Y) + (trial.Number < 5 ? 0 : trial.Suggest(Z)), 50);
        Assert.All(study.Trials.Take(5), trial => AssertIsPoint(trial, 1, (X, 0), (Y, 1)));
        Assert.All(study.Trials.Skip(5), trial => AssertIsPoint(trial, 1, (X, 0), (Y, 1), (Z, 2)));
    }

    [Fact]
    public void AConditionalParameterKeepsItsDimensionWhereItIsActive()
    {
        var kind = Parameter.Categorical("kind", "a", "b");
        var inner = Parameter.Float("inner", 0, 1).When(kind, "b");
        SearchSpace space = [X, inner, kind, Z];
        var study = Run(space, 64);
        Assert.Equal(32, study.Trials.Count(trial => trial.Get(kind) == "b"));
        Assert.All(study.Trials, trial => AssertIsPoint(trial, 1, (X, 0), (Z, 3)));
        Assert.All(study.Trials.Where(trial => trial.Get(kind) == "b"), trial => AssertIsPoint(trial, 1, (inner, 1)));
    }

    [Fact]
    public void APointThatBreaksAHardConstraintGivesWayToOneOfAnotherScrambleAndTheOthersStay()
    {
        var space = SearchSpace.Create(X, Y).Require(values => values.Get(X) + values.Get(Y) <= 1.2);
        var trials = Run(space, 200).Trials;
        var stayed = 0;
        foreach (var trial in trials)
        {
            Assert.True(trial.Get(X) + trial.Get(Y) <= 1.2);
            if (Coordinate(trial.Number, 0, 1) + Coordinate(trial.Number, 1, 1) <= 1.2)
            {
                AssertIsPoint(trial, 1, (X, 0), (Y, 1));
                stayed++;
            }
        }

        Assert.InRange(stayed, 130, 142); // the share of the square below the line is 0.68
    }

    [Fact]
    public void NothingIsProposedTwiceInAFiniteSpaceWhileTheSamplerCanHelpIt()
    {
        SearchSpace space = [Parameter.Int("a", 1, 8), Parameter.Bool("b"), Parameter.Ordinal("c", 16, 32, 64)];
        var points = new List<string>();
        var history = TrialHistory.Create(space, [], seed: 1);
        for (var number = 0; number < 40; number++)
        {
            var proposal = new QuasiRandomSampler().Propose(space, history, new Xoshiro256StarStar((ulong)number));
            var observation = new Observation { Number = number, State = TrialState.Completed, Point = space.Normalize(proposal.Point.AsSpan()), Losses = [0] };
            points.Add(string.Join(",", observation.Point));
            history = TrialHistory.Create(space, [.. history.Finished, observation], seed: 1);
        }

        Assert.Equal(40, points.Distinct().Count());
    }

    [Fact]
    public void WhereAllWasTriedThePointIsStillAFeasibleOneOfTheFirstScramble()
    {
        var a = Parameter.Int("a", 1, 8);
        var space = SearchSpace.Create(a).Require(values => values.Get(a) > 2);
        var study = Run(space, 100);
        var late = study.Trials.Skip(6).ToArray();
        Assert.All(study.Trials, trial => Assert.InRange(trial.Get(a), 3, 8));
        Assert.All(late.Where(trial => a.FromUnit(Coordinate(trial.Number, 0, 1)) > 2), trial =>
            Assert.Equal(a.FromUnit(Coordinate(trial.Number, 0, 1)), trial.Get(a)));
    }

    /// <summary>On fresh random numbers it would fail by chance once in 1e9 runs.</summary>
    [Fact]
    public void AxesBeyondTheLastDirectionNumbersAreUniformAndIndependent()
    {
        SearchSpace space = [.. Enumerable.Range(0, SobolSequence.MaxDimensions + 2).Select(axis => Parameter.Float($"x{axis}", 0, 1))];
        var (last, first, second) = (SobolSequence.MaxDimensions - 1, SobolSequence.MaxDimensions, SobolSequence.MaxDimensions + 1);
        var (one, pair) = (new int[10], new int[25]);
        for (var number = 0; number < 1_000; number++)
        {
            var history = TrialHistory.Create(space, number == 0 ? [] : [Empty(space, number - 1)], seed: 1);
            var point = new QuasiRandomSampler().Propose(space, history, StreamSeed.Create(1, number, "propose")).Point;
            Assert.Equal(Coordinate(number, last, 1), point[last]);
            one[(int)(point[first] * 10)]++;
            pair[(int)(point[first] * 5) * 5 + (int)(point[second] * 5)]++;
        }

        PearsonTest.AssertUniform(one);
        PearsonTest.AssertUniform(pair);
    }

    private static Study Run(SearchSpace space, int trials, RunOptions? options = null, ulong seed = 1, ISampler? sampler = null)
    {
        var study = new Study(new StudyOptions { Space = space, Sampler = sampler ?? new QuasiRandomSampler(), Seed = seed });
        study.Optimize(AskForAll.Of(space), options ?? new RunOptions { Trials = trials });
        return study;
    }

    private static double Discrepancy(ISampler sampler, ulong seed) => CenteredDiscrepancy.Squared(
        [.. Run([X, Y, Z], 128, seed: seed, sampler: sampler).Trials.Select(trial => new[] { trial.Get(X), trial.Get(Y), trial.Get(Z) })]);

    private static double Coordinate(int number, int axis, ulong seed) => SobolSequence.Scrambled(number, axis, StreamSeed.Hash(seed, 0, "sobol"));

    private static void AssertIsPoint(FrozenTrial trial, ulong seed, params (FloatParameter Parameter, int Axis)[] axes) =>
        Assert.All(axes, axis => Assert.Equal(Coordinate(trial.Number, axis.Axis, seed), trial.Get(axis.Parameter)));

    private static Observation Empty(SearchSpace space, int number) =>
        new() { Number = number, State = TrialState.Failed, Point = [.. space.Select(_ => double.NaN)] };
}
