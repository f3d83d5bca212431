using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

/// <summary>The network's gradient against central differences of its loss.</summary>
public sealed class GradientTests
{
    private static readonly LabelledImages Images = Digits.Load().Train;
    private static readonly int[] Batch = [.. Enumerable.Range(0, 8)]; // not full, like the last one of an epoch

    public static TheoryData<Activation, int> Networks => new MatrixTheoryData<Activation, int>(Enum.GetValues<Activation>(), [0, 1, 3]);

    /// <summary>The differences are of a loss written down once more in double precision, which checks the forward pass as well.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void TheGradientIsThatOfTheLoss(Activation activation, int layers)
    {
        var network = new Network(Settings(activation, layers, dropout: 0), seed: 3);
        var loss = network.ComputeGradient(Images, Batch) / Batch.Length;
        var weights = network.Layers.Select(layer => Array.ConvertAll(layer.Weights.ToArray(), weight => (double)weight)).ToArray();

        Assert.Equal(Loss(weights, activation), loss, 1e-6);

        // So small a step leaves every ReLU of this seed on its side of the kink; single precision carries the gradient to about 1e-7.
        const double Step = 1e-5;
        for (var layer = 0; layer < weights.Length; layer++)
        {
            for (var w = 0; w < weights[layer].Length; w += 7)
            {
                var weight = weights[layer][w];
                weights[layer][w] = weight + Step;
                var above = Loss(weights, activation);
                weights[layer][w] = weight - Step;
                var below = Loss(weights, activation);
                weights[layer][w] = weight;

                Assert.Equal((above - below) / (2 * Step), network.Layers[layer].Gradient[w], 2e-6);
            }
        }
    }

    /// <summary>The same seed leaves out the same units, so the loss along the gradient is that of one fixed network.</summary>
    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void TheGradientLeavesOutTheUnitsThatTheLossLeavesOut(Activation activation)
    {
        var settings = Settings(activation, layers: 2, dropout: 0.4);
        var network = new Network(settings, seed: 3);
        network.ComputeGradient(Images, Batch);
        var gradients = network.Layers.Select(layer => layer.Gradient.ToArray()).ToArray();
        var norm = Math.Sqrt(gradients.Sum(gradient => gradient.Sum(slope => (double)slope * slope)));

        double LossAlongGradient(double distance)
        {
            var moved = new Network(settings, seed: 3);
            foreach (var (layer, gradient) in moved.Layers.Zip(gradients))
            {
                for (var w = 0; w < gradient.Length; w++)
                    layer.Weights[w] += (float)(distance * gradient[w] / norm);
            }
            return moved.ComputeGradient(Images, Batch) / Batch.Length;
        }

        const double Step = 0.01; // large, because the loss is in single precision
        var slope = (LossAlongGradient(Step) - LossAlongGradient(-Step)) / (2 * Step);
        Assert.Equal(1, slope / norm, 1e-3);
    }

    private static NetworkSettings Settings(Activation activation, int layers, double dropout) =>
        new(layers, Units: 11, activation, dropout, WeightDecay: 0, OptimizerKind.Sgd, LearningRate: 0.1, Momentum: 0, BatchSize: 10);

    private static double Loss(double[][] weights, Activation activation) => Batch.Average(image =>
    {
        var values = Array.ConvertAll(Images.Pixels(image).ToArray(), pixel => (double)pixel);
        for (var layer = 0; layer < weights.Length; layer++)
        {
            values = Sums(values, weights[layer]);
            if (layer < weights.Length - 1)
                values = Array.ConvertAll(values, sum => Activate(activation, sum));
        }
        return Math.Log(values.Sum(Math.Exp)) - values[Images.Label(image)];
    });

    private static double[] Sums(double[] inputs, double[] weights)
    {
        var outputs = weights.Length / (inputs.Length + 1);
        double[] withOne = [.. inputs, 1];
        return [.. Enumerable.Range(0, outputs)
            .Select(output => withOne.Select((value, input) => value * weights[input * outputs + output]).Sum())];
    }

    private static double Activate(Activation activation, double sum) => activation switch
    {
        Activation.Relu => Math.Max(0, sum),
        Activation.Tanh => Math.Tanh(sum),
        _ => 1 / (1 + Math.Exp(-sum)),
    };
}
