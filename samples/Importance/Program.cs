// Which settings of a network for handwritten digits matter? Trains some networks at random settings, and asks four evaluators.
//
//     dotnet run --project samples/Importance -c Release [-- <trials>]
//
// Prints the tables, and draws the first of them as importance.svg in the current folder.

using System.Globalization;
using HyperOpt;
using HyperOpt.Analysis;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using ImportanceSample;
using QuickStart;

const int Epochs = 5;
var trials = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 200;
var digits = Digits.Load();

var units = Parameter.Int("units", 8, 64).Log();
var activation = Parameter.Enum<Activation>("activation");
var dropout = Parameter.Float("dropout", 0, 0.5);
var weightDecay = Parameter.Float("weight_decay", 1e-6, 1e-1).Log();
var optimizer = Parameter.Enum<OptimizerKind>("optimizer");
var rate = Parameter.Float("learning_rate", 1e-3, 1e-1).Log();
var momentum = Parameter.Float("momentum", 0, 0.99).When(optimizer, OptimizerKind.Momentum);
var batch = Parameter.Ordinal("batch_size", 16, 32, 64, 128);

// Random settings tell most about the whole space; nothing is pruned, so that all are compared at the same length of training.
using var study = new Study(new StudyOptions
{
    Space = [units, activation, dropout, weightDecay, optimizer, rate, momentum, batch],
    Sampler = new RandomSampler(),
    Pruner = new NopPruner(),
    Seed = 1,
});
study.Optimize(ValidationLoss, trials);

// What a wrong optimizer or rate does is past all measure, so the logarithm is looked at.
var options = new ImportanceOptions { Target = trial => Math.Log(trial.Value) };
var report = study.Importance(options);
Console.WriteLine(report);
Console.WriteLine();
Console.WriteLine(study.Importance(options with { Quantile = 0.25 }));
Console.WriteLine();
foreach (ImportanceEvaluator evaluator in new ImportanceEvaluator[] { new ForestImportance(), new ImpurityImportance(), new PedAnovaImportance() })
{
    Console.WriteLine(study.Importance(options with { Evaluator = evaluator }));
    Console.WriteLine();
}

await File.WriteAllTextAsync("importance.svg", Picture.Of(report));
return 0;

double ValidationLoss(ITrial trial)
{
    var settings = new NetworkSettings(
        1,
        trial.Suggest(units),
        trial.Suggest(activation),
        trial.Suggest(dropout),
        trial.Suggest(weightDecay),
        trial.Suggest(optimizer),
        trial.Suggest(rate),
        trial.Suggest(optimizer) == OptimizerKind.Momentum ? trial.Suggest(momentum) : 0,
        trial.Suggest(batch));
    var network = new Network(settings, seed: trial.Number);
    for (var epoch = 0; epoch < Epochs; epoch++)
    {
        network.TrainOneEpoch(digits.Train);
    }

    return network.Evaluate(digits.Validation).Loss;
}
