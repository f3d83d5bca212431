using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>Uniform on the scale of each parameter. On fresh random numbers each test would fail by chance once in 1e9 runs.</summary>
public sealed class RandomSamplerTests
{
    private const int Trials = 20_000;
    private const int Bins = 20;

    private static readonly FloatParameter Linear = Parameter.Float("linear", -3, 5);
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-6, 1e-2).Log();
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 8);
    private static readonly OrdinalParameter<int> Size = Parameter.PowersOfTwo("size", 16, 256);
    private static readonly FloatParameter Stepped = Parameter.Float("stepped", 0, 1).Step(0.1);

    private static readonly IReadOnlyList<FrozenTrial> Sample = Run([Linear, Rate, Layers, Size, Stepped]);

    [Fact]
    public void AFloatIsUniform() => AssertUniform(Bins, trial => (trial.Get(Linear) + 3) / 8);

    [Fact]
    public void ALogFloatIsUniformInItsLogarithm() => AssertUniform(Bins, trial => (Math.Log10(trial.Get(Rate)) + 6) / 4);

    [Fact]
    public void EachIntIsAsLikelyAsAnother() => AssertUniform(8, trial => (trial.Get(Layers) - 0.5) / 8);

    [Fact]
    public void EachOrdinalIsAsLikelyAsAnother() => AssertUniform(5, trial => (Math.Log2(trial.Get(Size)) - 3.5) / 5);

    [Fact]
    public void EachStepIsAsLikelyAsAnother() => AssertUniform(11, trial => (trial.Get(Stepped) * 10 + 0.5) / 11);

    [Fact]
    public void TwoParametersOfATrialAreIndependent() =>
        AssertUniform(25, trial => (Math.Floor((trial.Get(Linear) + 3) / 8 * 5) + (Math.Log10(trial.Get(Rate)) + 6) / 4) / 5);

    [Fact]
    public void AParameterInTwoTrialsInARowIsIndependent()
    {
        var counts = new int[25];
        for (var i = 0; i + 1 < Trials; i += 2)
        {
            counts[5 * Cell(Sample[i]) + Cell(Sample[i + 1])]++;
        }

        PearsonTest.AssertUniform(counts);

        static int Cell(FrozenTrial trial) => Math.Min((int)((trial.Get(Linear) + 3) / 8 * 5), 4);
    }

    [Fact]
    public void AConditionalParameterIsUniformWhereItIsActive()
    {
        var kind = Parameter.Categorical("kind", "a", "b");
        var inner = Parameter.Float("inner", 0, 1).When(kind, "b");
        var values = Run([kind, inner]).Where(trial => trial.Get(kind) == "b").Select(trial => trial.Get(inner)).ToArray();
        PearsonTest.AssertUniform(Histogram(values, Bins));
        PearsonTest.AssertUniform([values.Length, Trials - values.Length]);
    }

    private static IReadOnlyList<FrozenTrial> Run(SearchSpace space)
    {
        var study = new Study(new StudyOptions { Space = space, Sampler = new RandomSampler(), Seed = 5, Duplicates = DuplicatePolicy.Allow });
        study.Optimize(AskForAll.Of(space), Trials);
        return study.Trials;
    }

    private static void AssertUniform(int bins, Func<FrozenTrial, double> unit) =>
        PearsonTest.AssertUniform(Histogram([.. Sample.Select(unit)], bins));

    private static int[] Histogram(double[] units, int bins)
    {
        var counts = new int[bins];
        foreach (var unit in units)
        {
            counts[Math.Min((int)(unit * bins), bins - 1)]++;
        }

        return counts;
    }
}
