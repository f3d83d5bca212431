using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

public sealed class CmaEsSamplerTests
{
    [Fact]
    public void SettingsThatMakeNoSenseAreRefused()
    {
        Assert.Contains("4 <= PopulationSize", Assert.Throws<ArgumentOutOfRangeException>(() => new CmaEsSampler { PopulationSize = 3 }).Message, StringComparison.Ordinal);
        Assert.Contains("0 <= Begin", Assert.Throws<ArgumentOutOfRangeException>(() => new CmaEsSampler { Begin = -1 }).Message, StringComparison.Ordinal);
        foreach (var sigma in new[] { 0, -1, 1.01, double.NaN })
        {
            Assert.Contains("0 < InitialSigma <= 1", Assert.Throws<ArgumentOutOfRangeException>(() => new CmaEsSampler { InitialSigma = sigma }).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ProposalsSayWhatTheyRestOn()
    {
        var space = CmaScene.Floats(3);
        var begun = new CmaEsSampler().Propose(space, SamplerHistories.Completed(space, 16), new Xoshiro256StarStar(1)).Reason!;
        Assert.Equal("cma-es: draw", begun.Strategy);
        Assert.StartsWith("generation 3 of 5, sigma 0.", begun.Model, StringComparison.Ordinal);
        Assert.Null(begun.Fallback);
        var later = new CmaEsSampler().Propose(space, SamplerHistories.Completed(space, 20), new Xoshiro256StarStar(1)).Reason!;
        Assert.Equal("cma-es: model's minimum", later.Strategy);
        Assert.Equal("initial design: quasi-random point", new CmaEsSampler { Begin = 9 }.Propose(space, SamplerHistories.Completed(space, 8), new Xoshiro256StarStar(1)).Reason!.Strategy);
    }

    [Fact]
    public void AHistoryThatGrewGivesTheProposalOfOneThatIsNewAndSoDoesAShorterOne()
    {
        // One table, of which histories are longer and longer prefixes: what a study does.
        using var study = new Study(new StudyOptions { Space = SamplerCases.Mixed, Sampler = new CmaEsSampler(), Seed = 4, Lag = 3 });
        study.Optimize(trial => SamplerCases.Mixed.Sum(parameter => parameter is FloatParameter { Conditions.Length: 0 } real ? trial.Suggest(real) : 0), 150);
        using var other = new Study(new StudyOptions { Space = SamplerCases.Mixed, Sampler = new ForgetfulSampler(), Seed = 4, Lag = 3 });
        other.Optimize(trial => SamplerCases.Mixed.Sum(parameter => parameter is FloatParameter { Conditions.Length: 0 } real ? trial.Suggest(real) : 0), 150);
        Assert.Equal(study.Trials.Select(trial => trial.Parameters.ToString()), other.Trials.Select(trial => trial.Parameters.ToString()));
    }

    [Fact]
    public void OnAFiniteSpaceNothingIsTriedTwiceThoughItHasConverged()
    {
        SearchSpace space = [Parameter.Int("a", 1, 20), Parameter.Int("b", 1, 20), Parameter.Categorical("c", "x", "y")];
        using var study = new Study(new StudyOptions { Space = space, Sampler = new CmaEsSampler(), Seed = 1 });
        study.Optimize(
            trial => Math.Abs(trial.Suggest((IntParameter)space[0]) - 7) + Math.Abs(trial.Suggest((IntParameter)space[1]) - 3)
                + (trial.Suggest((CategoricalParameter<string>)space[2]) == "x" ? 1 : 0),
            400);
        Assert.Equal(400, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
        Assert.InRange(study.Trials.Index().First(each => each.Item.Value == 0).Index, 0, 100);
    }

    [Fact]
    public void APointThatAPersonEnqueuesCounts()
    {
        var space = CmaScene.Floats(2);
        var (x, y) = ((FloatParameter)space[0], (FloatParameter)space[1]);
        using var study = new Study(new StudyOptions { Space = space, Sampler = new CmaEsSampler { Begin = 1, InitialSigma = 0.1 }, Seed = 1 });
        study.Enqueue(x.Is(0.9), y.Is(0.1));
        study.Optimize(trial => Math.Abs(trial.Suggest(x) - 0.9) + Math.Abs(trial.Suggest(y) - 0.1), 30);
        Assert.InRange(study.Trials.Skip(1).Average(trial => trial.Get(x)), 0.75, 1);
        Assert.InRange(study.Trials.Skip(1).Average(trial => trial.Get(y)), 0, 0.25);
    }

    /// <summary>Asks a new sampler each time.</summary>
    private sealed class ForgetfulSampler : ISampler
    {
        public Proposal Propose(SearchSpace space, TrialHistory history, Random random) => new CmaEsSampler().Propose(space, history, random);
    }
}
