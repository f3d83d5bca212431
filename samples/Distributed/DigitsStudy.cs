using HyperOpt;
using HyperOpt.PostgreSql;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using QuickStart;

namespace Distributed;

/// <summary>The study that all workers share: the network of samples/QuickStart, which reads handwritten digits.</summary>
internal static class DigitsStudy
{
    private const int Epochs = 20;

    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 2);
    private static readonly IntParameter Units = Parameter.Int("units", 16, 128).Log();
    private static readonly FloatParameter Dropout = Parameter.Float("dropout", 0, 0.5);
    private static readonly FloatParameter LearningRate = Parameter.Float("learning_rate", 1e-4, 1e-1).Log();
    private static readonly OrdinalParameter<int> BatchSize = Parameter.Ordinal("batch_size", 16, 32, 64);

    /// <summary>What the study is: the same in every process.</summary>
    public static StudyOptions Options(PostgreSqlStorage storage, string name) => new()
    {
        Name = name,
        Storage = storage,
        Space = [Layers, Units, Dropout, LearningRate, BatchSize],
        Seed = 1,
    };

    /// <summary>Runs trials until the study has as many as asked for; those of a worker that dies are taken over.</summary>
    public static async Task WorkAsync(string connection, string name, int trials)
    {
        var digits = Digits.Load();
        await using var storage = new PostgreSqlStorage(connection);
        await using var study = await Study.OpenAsync(Options(storage, name));
        await study.RunAsync(
            Objective.From((trial, _) => ValidationLoss(trial, digits)), new RunOptions { StudyTrials = trials, Reproducible = false });
    }

    private static double ValidationLoss(ITrial trial, Digits digits)
    {
        var settings = NetworkSettings.Default with
        {
            Layers = trial.Suggest(Layers),
            Units = trial.Suggest(Units),
            Dropout = trial.Suggest(Dropout),
            LearningRate = trial.Suggest(LearningRate),
            BatchSize = trial.Suggest(BatchSize),
            Optimizer = OptimizerKind.Adam,
        };
        var network = new Network(settings, seed: trial.Number);
        var loss = double.NaN;
        for (var epoch = 0; epoch < Epochs && !trial.ShouldPrune; epoch++)
        {
            network.TrainOneEpoch(digits.Train);
            loss = network.Evaluate(digits.Validation).Loss;
            trial.Report(epoch, loss);
        }

        return loss;
    }
}
