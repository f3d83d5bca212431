using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

/// <summary>What a sampler keeps from call to call, states of the fold and the room of the last fit, changes no bit of what it proposes.</summary>
public sealed class ColdCallTests
{
    private const int Trials = 220;

    private static readonly IntParameter Whole = Parameter.Int("n", 0, 20);

    public static TheoryData<string> Spaces => ["few", "ten", "many", "mixed"];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void EachProposalOfAStudyIsThatOfANewSampler(string name)
    {
        var watch = new Comparing();
        var space = SpaceOf(name);
        using var study = new Study(new StudyOptions { Space = space, Sampler = watch, Seed = 3 });
        study.Optimize(trial => LossOf(trial, space), Trials);
        Assert.Equal(Trials, watch.Calls);
        Assert.InRange(watch.Minima, 3, Trials); // of models: without them the room was not in use
    }

    [Fact]
    public void StudiesThatShareASamplerDoNotMeet()
    {
        // Of other sizes, so that the room changes hands; and of the same, so that it is used again.
        var (shared, spaces) = (new CmaEsSampler(), new[] { SpaceOf("few"), SpaceOf("ten"), SpaceOf("ten"), SpaceOf("mixed") });
        var studies = spaces.Select((space, index) => new Study(new StudyOptions { Space = space, Sampler = shared, Seed = (ulong)index })).ToArray();
        for (var round = 0; round < Trials / 10; round++)
        {
            for (var index = 0; index < studies.Length; index++)
            {
                studies[index].Optimize(trial => LossOf(trial, spaces[index]), 10);
            }
        }

        for (var index = 0; index < studies.Length; index++)
        {
            using var alone = new Study(new StudyOptions { Space = spaces[index], Sampler = new CmaEsSampler(), Seed = (ulong)index });
            alone.Optimize(trial => LossOf(trial, spaces[index]), Trials / 10 * 10);
            Assert.Equal(alone.Trials.Select(trial => trial.Values[0]), studies[index].Trials.Select(trial => trial.Values[0]));
            studies[index].Dispose();
        }
    }

    private static SearchSpace SpaceOf(string name) => name switch
    {
        "few" => CmaScene.Floats(3),
        "ten" => CmaScene.Floats(10),
        "many" => CmaScene.Floats(14), // squares only
        _ => [.. CmaScene.Floats(4), Whole],
    };

    private static double LossOf(ITrial trial, SearchSpace space)
    {
        var (sum, last) = (0.0, 0.3);
        foreach (var parameter in space.OfType<FloatParameter>())
        {
            var x = trial.Suggest(parameter);
            (sum, last) = (sum + (x - 0.4) * (x - 0.4) + 5 * (x - last) * (x - last), x);
        }

        return space.IndexOf("n") < 0 ? sum : sum + Math.Abs(trial.Suggest(Whole) - 7) * 0.01;
    }

    private sealed class Comparing : ISampler
    {
        private readonly CmaEsSampler _warm = new();

        public int Calls { get; private set; }

        public int Minima { get; private set; }

        public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
        {
            var copy = TrialHistory.Create(space, history.Finished, seed: history.Seed); // with a table of its own
            var cold = new CmaEsSampler().Propose(space, copy, StreamSeed.Create(history.Seed, history.Number, "test"));
            var warm = _warm.Propose(space, history, StreamSeed.Create(history.Seed, history.Number, "test"));
            Assert.Equal(Bits(cold), Bits(warm));
            Assert.Equal(cold.Reason!.Model, warm.Reason!.Model);
            Calls++;
            Minima += warm.Reason.Strategy.EndsWith("minimum", StringComparison.Ordinal) ? 1 : 0;
            return warm;
        }

        private static IEnumerable<long> Bits(Proposal proposal) => proposal.Point.Select(BitConverter.DoubleToInt64Bits);
    }
}
