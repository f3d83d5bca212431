using HyperOpt.Tests.Support;
using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

public sealed class NetworkTests
{
    private static readonly Digits Digits = Digits.Load();
    private static readonly NetworkSettings Good = new(
        Layers: 2, Units: 64, Activation.Relu, Dropout: 0.2, WeightDecay: 1e-4,
        OptimizerKind.Adam, LearningRate: 3e-3, Momentum: 0, BatchSize: 32);

    [Theory]
    [InlineData(OptimizerKind.Adam, 0.003, 0)]
    [InlineData(OptimizerKind.Momentum, 0.03, 0.9)]
    [InlineData(OptimizerKind.Sgd, 0.3, 0)]
    public void GoodSettingsReach95PercentOnTheTestImages(OptimizerKind optimizer, double rate, double momentum)
    {
        var network = new Network(Good with { Optimizer = optimizer, LearningRate = rate, Momentum = momentum }, seed: 1);
        for (var epoch = 0; epoch < 30; epoch++)
            network.TrainOneEpoch(Digits.Train);

        Assert.InRange(network.Evaluate(Digits.Test).Accuracy, 0.95, 1);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.Sgd)]
    public async Task TheSameSeedGivesTheSameWeightsBitForBitOnAnyThread(OptimizerKind optimizer)
    {
        var settings = Good with { Optimizer = optimizer, Momentum = 0.5, LearningRate = 0.01 };
        var here = WeightsAfterTraining(settings, seed: 7);
        var elsewhere = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => WeightsAfterTraining(settings, seed: 7))));

        Assert.All(elsewhere, weights => Assert.Equal(here, weights));
    }

    [Fact]
    public void AnotherSeedGivesOtherWeights() => Assert.NotEqual(WeightsAfterTraining(Good, seed: 1), WeightsAfterTraining(Good, seed: 2));

    [Fact]
    public void EvaluatingDoesNotChangeTheTraining()
    {
        var (watched, alone) = (new Network(Good, seed: 1), new Network(Good, seed: 1));
        for (var epoch = 0; epoch < 2; epoch++)
        {
            watched.TrainOneEpoch(Digits.Train);
            watched.Evaluate(Digits.Validation);
            alone.TrainOneEpoch(Digits.Train);
        }

        Assert.Equal(BitsOf(alone), BitsOf(watched));
    }

    [Fact]
    public void TheLossDoesNotDependOnHowImagesAreBatched()
    {
        var losses = new[] { 7, 32, 1000 }
            .Select(size => new Network(Good with { BatchSize = size }, seed: 1).Evaluate(Digits.Test).Loss)
            .ToArray();

        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 1e-5));
    }

    [Fact]
    public void WeightDecayShrinksTheWeights()
    {
        double Norm(double decay)
        {
            var network = new Network(Good with { WeightDecay = decay }, seed: 1);
            network.TrainOneEpoch(Digits.Train);
            return network.Layers.Sum(layer => layer.Weights.ToArray().Sum(weight => (double)weight * weight));
        }

        Assert.True(Norm(decay: 10) < 0.5 * Norm(decay: 0));
    }

    [Fact]
    public void LearningAllocatesNothingPerBatch()
    {
        long Allocated(int batchSize)
        {
            var network = new Network(Good with { BatchSize = batchSize }, seed: 1);
            network.TrainOneEpoch(Digits.Train);
            return Allocation.Of(() => network.TrainOneEpoch(Digits.Train));
        }

        // 68 batches against 9: the smallest object in each of them would make 59 × 24 bytes.
        Assert.InRange(Allocated(batchSize: 16) - Allocated(batchSize: 128), -1000, 1000);
    }

    private static int[] WeightsAfterTraining(NetworkSettings settings, int seed)
    {
        var network = new Network(settings, seed);
        for (var epoch = 0; epoch < 3; epoch++)
            network.TrainOneEpoch(Digits.Train);
        return BitsOf(network);
    }

    private static int[] BitsOf(Network network) =>
        [.. network.Layers.SelectMany(layer => layer.Weights.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
