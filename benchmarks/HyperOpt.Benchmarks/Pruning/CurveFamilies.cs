using System.Collections.Immutable;
using HyperOpt.Benchmarks.Pruning.Training;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>The families of the benchmark: honest training on the two data sets of samples/data.</summary>
internal static class CurveFamilies
{
    private const int Epochs = 30;

    private static readonly Lazy<LabelledData> Digits = new(() => LabelledData.Load("digits.csv", isScaledAlike: true));
    private static readonly Lazy<LabelledData> Cancer = new(() => LabelledData.Load("breast_cancer.csv", isScaledAlike: false));

    public static ImmutableArray<CurveFamily> All { get; } =
    [
        Linear("cancer-logistic", Cancer),
        Boosting("cancer-boosting", Cancer),
        Network("cancer-network", Cancer, Verdict.LogLoss),
        Linear("digits-softmax", Digits),
        Network("digits-network", Digits, Verdict.Error),
        Autoencoder("digits-autoencoder", Digits),
        Boosting("digits-boosting", Digits),
    ];

    private static Axis Rates(double low, int count) =>
        Axis.Numbers("rate", [.. Enumerable.Range(0, count).Select(at => low * Math.Pow(10, at / 2.0))]);

    private static CurveFamily Linear(string name, Lazy<LabelledData> data) => new(
        name,
        Epochs,
        [
            Rates(1e-4, 9), Axis.Numbers("decay", 0, 1e-4, 1e-3, 1e-2, 1e-1), Axis.Numbers("batch", 8, 32, 128),
            Axis.Names("schedule", "constant", "cosine", "inverse"), Axis.Names("kind", "sgd", "momentum"),
        ],
        at => new Perceptron(data.Value, Verdict.LogLoss, 0, DescentOf(at)).Train(Epochs, at.Whole("batch")));

    private static CurveFamily Network(string name, Lazy<LabelledData> data, Verdict verdict) => new(
        name,
        Epochs,
        [
            Rates(1e-4, 9), Axis.Numbers("units", 4, 8, 16, 32), Axis.Numbers("decay", 0, 1e-3, 1e-2), Axis.Numbers("batch", 16, 64),
            Axis.Names("schedule", "constant", "cosine"), Axis.Names("kind", "sgd", "momentum", "adam"),
        ],
        at => new Perceptron(data.Value, verdict, at.Whole("units"), DescentOf(at)).Train(Epochs, at.Whole("batch")));

    private static CurveFamily Autoencoder(string name, Lazy<LabelledData> data) => new(
        name,
        Epochs,
        [
            Rates(1e-3, 9), Axis.Numbers("units", 4, 8, 16, 24), Axis.Numbers("decay", 0, 1e-3, 1e-2), Axis.Numbers("batch", 16, 64),
            Axis.Names("schedule", "constant", "cosine"), Axis.Names("kind", "momentum", "adam"),
        ],
        at => new Perceptron(data.Value, Verdict.Reconstruction, at.Whole("units"), DescentOf(at)).Train(Epochs, at.Whole("batch")));

    private static CurveFamily Boosting(string name, Lazy<LabelledData> data) => new(
        name,
        Epochs,
        [
            Axis.Numbers("rate", 0.02, 0.04, 0.08, 0.15, 0.3, 0.5, 0.8, 1.2), Axis.Numbers("depth", 1, 2, 3, 4, 6), Axis.Numbers("smoothing", 0.1, 1, 10),
            Axis.Numbers("rows", 0.5, 1), Axis.Numbers("columns", 0.15, 0.4, 1),
        ],
        at => new BoostedTrees(data.Value, new BoostingSettings(
            at.Number("rate"), at.Whole("depth"), at.Number("smoothing"), at.Number("rows"), at.Number("columns"))).Train(Epochs));

    private static DescentSettings DescentOf(Levels at) => new(at.Name("kind"), at.Number("rate"), at.Number("decay"), at.Name("schedule"));
}
