using System.Diagnostics;
using QuickStart;

const int Epochs = 30;
const int Seeds = 3;

var digits = Digits.Load();
var tuned = new NetworkSettings(
    Layers: 2,
    Units: 128,
    Activation.Relu,
    Dropout: 0.35,
    WeightDecay: 1e-4,
    OptimizerKind.Adam,
    LearningRate: 2.3e-3,
    Momentum: 0,
    BatchSize: 16);

Console.WriteLine("settings   seed   validation loss   validation accuracy   test accuracy   time");
foreach (var (name, settings) in new[] { ("default", NetworkSettings.Default), ("tuned", tuned) })
{
    for (var seed = 0; seed < Seeds; seed++)
    {
        var watch = Stopwatch.StartNew();
        var network = Train(settings, seed);
        var time = watch.Elapsed;
        var (loss, accuracy) = network.Evaluate(digits.Validation);
        var test = network.Evaluate(digits.Test).Accuracy;
        Console.WriteLine($"{name,-8}{seed,7}{loss,18:F3}{accuracy,22:P1}{test,16:P1}{time.TotalSeconds,5:F2} s");
    }
}

Network Train(NetworkSettings settings, int seed)
{
    var network = new Network(settings, seed);
    for (var epoch = 0; epoch < Epochs; epoch++)
        network.TrainOneEpoch(digits.Train);
    return network;
}
