using System.Collections.Immutable;
using HyperOpt.Samplers.PopulationBased;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.PopulationBased;

/// <summary>
/// The process behind a bandit. Golden values: gains, kernel matrix and posterior made with numpy (linalg.solve, slogdet) from the formulas of the
/// docstrings, for the same eight trials.
/// </summary>
public sealed class BanditModelTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b");

    private static readonly SearchSpace Space = [Parameter.Float("x", 0, 1), Kind, Parameter.Float("y", 0, 1).When(Kind, "b")];

    private const double GoldenLikelihood = -7.445972932830228;
    private const double GoldenMean = 0.6239522438793332;
    private const double GoldenDeviation = 1.1230180484353876;
    private const double GoldenPendingDeviation = 0.4442024625948766;

    private static readonly ImmutableArray<double> ExpectedGains = [-0.42922139239419693, 1.4102988607237907, -0.9197601265589935, -2.0, 0.42922139239419693, -2.0];

    private static readonly double A = Kind.ToUnit("a");

    private static readonly double B = Kind.ToUnit("b");

    private static readonly ScheduleScales Scales = new(0.5, 0.2, 0.1);

    private static readonly Observation[] Trials =
    [
        Of(0, null, 4, 0.1, A), Of(1, null, 3, 0.9, B, 0.5), Of(2, 0, 3.5, 0.2, A), Of(3, 1, 1, 0.6, B, 0.4),
        Of(4, 2, 3.4, 0.3, A), Of(5, 3, double.NaN, 0.8, B, 0.7), Of(6, 4, 2.2, 0.5, A), Of(7, 3, double.PositiveInfinity, 1, B, 0.9),
    ];

    [Fact]
    public void GainsAreStandardizedByMedianAndSpreadAndWhoFailedWonLeast() =>
        Assert.All(ExpectedGains.Zip(Rows().Gains), pair => Assert.Equal(pair.First, pair.Second, 1e-12));

    [Fact]
    public void ThePosteriorIsThatOfTheClosedForm()
    {
        var rows = Rows();
        var model = new ScheduleModel(rows, Scales, []);
        Assert.Equal(GoldenLikelihood, model.Likelihood, 1e-10);
        var (mean, deviation) = model.Predict(rows.InputsOf([0.45, B, 0.3], Trials[6]));
        Assert.Equal(GoldenMean, mean, 1e-10);
        Assert.Equal(GoldenDeviation, deviation, 1e-10);
    }

    [Fact]
    public void TrialsUnderWayLessenTheVarianceAndLeaveTheMean()
    {
        var rows = Rows();
        var model = new ScheduleModel(rows, Scales, [rows.InputsOf([0.4, B, 0.25], Trials[6]), rows.InputsOf([0.1, A, double.NaN], Trials[6])]);
        var (mean, deviation) = model.Predict(rows.InputsOf([0.45, B, 0.3], Trials[6]));
        Assert.Equal(GoldenMean, mean, 1e-10);
        Assert.Equal(GoldenPendingDeviation, deviation, 1e-10);
    }

    [Fact]
    public void TheGradientOfTheBoundIsThatOfDifferences()
    {
        var rows = Rows();
        var model = new ScheduleModel(rows, Scales, [rows.InputsOf([0.4, B, 0.25], Trials[6])]);
        var gradient = new double[3];
        var bound = model.Bound(At(0.45, 0.3), 0.7, gradient);
        Assert.Equal(Bound(0.45, 0.3), bound, 1e-14);
        const double h = 1e-5;
        Assert.Equal((Bound(0.45 + h, 0.3) - Bound(0.45 - h, 0.3)) / (2 * h), gradient[0], 1e-8);
        Assert.Equal((Bound(0.45, 0.3 + h) - Bound(0.45, 0.3 - h)) / (2 * h), gradient[2], 1e-8);
        Assert.Equal(0, gradient[1]);

        ScheduleInputs At(double x, double y) => rows.InputsOf([x, B, y], Trials[6]);

        double Bound(double x, double y)
        {
            var (mean, deviation) = model.Predict(At(x, y));
            return mean + 0.7 * deviation;
        }
    }

    [Fact]
    public void OnlyTheLatestIntervalsCount()
    {
        var rows = ScheduleRows.Of(Space, TrialHistory.Create(Space, Trials), 2);
        Assert.Equal([0.5, 1.0], rows.Inputs.Select(inputs => inputs.Features[0]));
        Assert.Equal([3, 2], rows.Inputs.Select(inputs => inputs.Time));
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(100, 0.858939)] // √(0.2 ln 40)
    public void TheBoundGetsBolder(int rows, double expected) => Assert.Equal(expected, Bandit.Boldness(rows), 1e-6);

    private static ScheduleRows Rows() => ScheduleRows.Of(Space, TrialHistory.Create(Space, Trials), 200);

    private static Observation Of(int number, int? parent, double loss, double x, double kind, double y = double.NaN) => new()
    {
        Number = number,
        State = double.IsNaN(loss) ? TrialState.Failed : TrialState.Completed,
        Point = [x, kind, y],
        Losses = double.IsNaN(loss) ? [] : [loss],
        Parent = parent,
    };
}
