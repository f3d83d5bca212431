using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

public sealed class LayerTests
{
    private const int Images = 50;

    [Fact]
    public void DropoutLeavesOutItsShareOfTheUnitsAndScalesUpTheRest()
    {
        const double Dropout = 0.3;
        var settings = NetworkSettings.Default with { Dropout = Dropout, BatchSize = Images };
        var layer = new Layer(inputs: 4, outputs: 200, Activation.Sigmoid, settings, new SplitMix64(1));
        var inputs = new float[4 * Images];

        layer.Forward(inputs, Images, dropout: null);
        var all = layer.Results(Images).ToArray();
        layer.Forward(inputs, Images, new SplitMix64(2));
        var some = layer.Results(Images).ToArray();

        var kept = all.Zip(some).Where(pair => pair.Second != 0).ToArray();
        Assert.All(kept, pair => Assert.Equal(pair.First / (1 - Dropout), pair.Second, 1e-5));
        // 6 standard deviations of the share: the seed is fixed, and another one would fail once in 1e9.
        Assert.Equal(1 - Dropout, (double)kept.Length / all.Length, 6 * Math.Sqrt(Dropout * (1 - Dropout) / all.Length));
    }

    [Theory]
    [InlineData(Activation.Relu, 2.0 / 300)]
    [InlineData(Activation.Tanh, 2.0 / (300 + 100))]
    [InlineData(Activation.Sigmoid, 2.0 / (300 + 100))]
    public void TheFirstWeightsHaveTheVarianceThatTheActivationNeedsAndNoBias(Activation activation, double variance)
    {
        var layer = new Layer(inputs: 300, outputs: 100, activation, NetworkSettings.Default, new SplitMix64(1));
        var weights = layer.Weights[..(300 * 100)].ToArray();

        Assert.Equal(variance, weights.Average(weight => (double)weight * weight), 0.05 * variance);
        Assert.All(layer.Weights[(300 * 100)..].ToArray(), bias => Assert.Equal(0, bias));
    }
}
