// Tunes a small neural network that reads handwritten digits.
//
//     dotnet run --project samples/QuickStart -c Release [-- --trials 150 --seed 1]
//
// Ctrl+C ends the search early, and the best so far wins.

using System.Diagnostics;
using HyperOpt;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using QuickStart;

const int Epochs = 30;

if (Arguments.Parse(args) is not { } arguments)
    return 1;

var watch = Stopwatch.StartNew();
var digits = Digits.Load();

// 1. What may vary. A handle knows its type, range and scale. Momentum is a question for one of the optimizers only.
var layers = Parameter.Int("layers", 1, 3);
var units = Parameter.Int("units", 16, 256).Log();
var activation = Parameter.Enum<Activation>("activation");
var dropout = Parameter.Float("dropout", 0, 0.5);
var weightDecay = Parameter.Float("weight_decay", 1e-6, 1e-1).Log();
var optimizer = Parameter.Enum<OptimizerKind>("optimizer");
var learningRate = Parameter.Float("learning_rate", 1e-4, 1).Log();
var momentum = Parameter.Float("momentum", 0, 0.99).When(optimizer, OptimizerKind.Momentum);
var batchSize = Parameter.Ordinal("batch_size", 16, 32, 64, 128);

// 2. The study: what to search, and how. With a Lag, the same seed gives the same trials on any number of cores up to it.
var study = new Study(new StudyOptions
{
    Space = [layers, units, activation, dropout, weightDecay, optimizer, learningRate, momentum, batchSize],
    Direction = Direction.Minimize,
    Pruner = new MedianPruner { WarmupSteps = 2 },
    Seed = arguments.Seed,
    Lag = 8,
});

// 3. The objective: from a trial to a number. It reports every epoch, and stops when the pruner has given the trial up.
double ValidationLoss(ITrial trial)
{
    var settings = new NetworkSettings(
        trial.Suggest(layers),
        trial.Suggest(units),
        trial.Suggest(activation),
        trial.Suggest(dropout),
        trial.Suggest(weightDecay),
        trial.Suggest(optimizer),
        trial.Suggest(learningRate),
        trial.Suggest(optimizer) == OptimizerKind.Momentum ? trial.Suggest(momentum) : 0,
        trial.Suggest(batchSize));

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

// 4. The run.
var cores = Math.Min(Environment.ProcessorCount, 8);
Console.WriteLine($"Tuning a network on {digits.Train.Count:N0} handwritten digits: {arguments.Trials} trials on {cores} cores, seed {arguments.Seed}.");
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !stop.IsCancellationRequested; // a second Ctrl+C ends the program
    stop.Cancel();
};
using (var progress = new ProgressLine())
{
    try
    {
        study.Optimize(ValidationLoss, new RunOptions { Trials = arguments.Trials, Parallelism = cores, Progress = progress }, stop.Token);
    }
    catch (OperationCanceledException)
    {
        // Ctrl+C. Nothing is lost: the study holds all trials that have ended.
    }
}

// 5. The winner, against what one would have tried without tuning. Only here do the test images come in.
if (!study.Trials.Any(trial => trial.State == TrialState.Completed))
{
    Console.WriteLine("No trial was completed.");
    return 1;
}
var best = study.Best;
var tuned = new NetworkSettings(
    best.Get(layers),
    best.Get(units),
    best.Get(activation),
    best.Get(dropout),
    best.Get(weightDecay),
    best.Get(optimizer),
    best.Get(learningRate),
    best.Get(optimizer) == OptimizerKind.Momentum ? best.Get(momentum) : 0,
    best.Get(batchSize));
Summary.OfBest(best, study.Trials.Count);
Summary.OfVerdicts(
    ("untuned default", Verdict.Of(NetworkSettings.Default, digits, Epochs)),
    ("tuned", Verdict.Of(tuned, digits, Epochs)));
Summary.OfTrials(study.Trials, Epochs, cores);
Console.WriteLine($"Time: {watch.Elapsed.TotalSeconds:F0} s");
return 0;
