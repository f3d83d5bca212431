namespace QuickStart;

/// <summary>A multilayer perceptron that tells handwritten digits apart.</summary>
/// <remarks>
/// The same settings and seed give the same network, bit for bit, whatever else runs on the machine. One thread at a time may use
/// a network; different networks are independent.
/// </remarks>
public sealed class Network
{
    private readonly int _batchSize;
    private readonly SplitMix64 _random;
    private readonly float[] _pixels;    // of the images of a batch
    private readonly Layer[] _layers;

    /// <summary>A network that has not learned anything yet.</summary>
    /// <param name="settings">The hyperparameters.</param>
    /// <param name="seed">Decides the first weights, the order of the images and what dropout leaves out.</param>
    public Network(NetworkSettings settings, int seed)
    {
        _batchSize = settings.BatchSize;
        _random = new SplitMix64(seed);
        _pixels = new float[_batchSize * Digits.Pixels];

        _layers = new Layer[settings.Layers + 1];
        var inputs = Digits.Pixels;
        for (var hidden = 0; hidden < settings.Layers; hidden++)
        {
            _layers[hidden] = new Layer(inputs, settings.Units, settings.Activation, settings, _random);
            inputs = settings.Units;
        }
        _layers[^1] = new Layer(inputs, Digits.Classes, activation: null, settings, _random);
    }

    internal IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Learns from every image once, in a random order.</summary>
    /// <returns>The mean loss while learning.</returns>
    public double TrainOneEpoch(LabelledImages images)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        _random.Shuffle(order.AsSpan());

        var loss = 0.0;
        for (var start = 0; start < order.Length; start += _batchSize)
        {
            loss += ComputeGradient(images, Batch(order, start));
            foreach (var layer in _layers)
                layer.Update();
        }
        return loss / images.Count;
    }

    /// <summary>What the network makes of images, without learning from them.</summary>
    /// <returns>The mean loss (cross-entropy), and the share of images it tells right.</returns>
    public (double Loss, double Accuracy) Evaluate(LabelledImages images)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        var (loss, right) = (0.0, 0);
        for (var start = 0; start < order.Length; start += _batchSize)
        {
            var batch = Batch(order, start);
            var scores = Forward(images, batch, dropout: null);
            for (var i = 0; i < batch.Length; i++)
            {
                var (imageLoss, isRight) = Softmax(scores.Slice(i * Digits.Classes, Digits.Classes), images.Label(batch[i]));
                loss += imageLoss;
                right += isRight ? 1 : 0;
            }
        }
        return (loss / images.Count, (double)right / images.Count);
    }

    /// <summary>Leaves the gradient of the mean loss of a batch in the layers.</summary>
    /// <returns>The sum of the losses.</returns>
    internal double ComputeGradient(LabelledImages images, ReadOnlySpan<int> batch)
    {
        var probabilities = Forward(images, batch, dropout: _random);
        var errors = _layers[^1].Errors(batch.Length);
        var loss = 0.0;
        for (var i = 0; i < batch.Length; i++)
        {
            var label = images.Label(batch[i]);
            var ofImage = probabilities.Slice(i * Digits.Classes, Digits.Classes);
            loss += Softmax(ofImage, label).Loss;
            for (var digit = 0; digit < Digits.Classes; digit++)
                errors[i * Digits.Classes + digit] = (ofImage[digit] - (digit == label ? 1 : 0)) / batch.Length;
        }

        for (var layer = _layers.Length - 1; layer > 0; layer--)
        {
            var before = _layers[layer - 1];
            _layers[layer].Backward(before.Results(batch.Length), before.Errors(batch.Length), batch.Length);
        }
        _layers[0].Backward(_pixels, inputErrors: [], batch.Length);
        return loss;
    }

    /// <returns>For each image of the batch, a score for each digit.</returns>
    private Span<float> Forward(LabelledImages images, ReadOnlySpan<int> batch, SplitMix64? dropout)
    {
        for (var i = 0; i < batch.Length; i++)
            images.Pixels(batch[i]).CopyTo(_pixels.AsSpan(i * Digits.Pixels));

        Span<float> inputs = _pixels;
        foreach (var layer in _layers)
        {
            layer.Forward(inputs, batch.Length, dropout);
            inputs = layer.Results(batch.Length);
        }
        return inputs;
    }

    private ReadOnlySpan<int> Batch(int[] order, int start) => order.AsSpan(start, Math.Min(_batchSize, order.Length - start));

    /// <summary>Turns the scores of an image into probabilities; the loss is -log of that of the label.</summary>
    private static (double Loss, bool IsRight) Softmax(Span<float> scores, int label)
    {
        var highest = 0;
        for (var digit = 1; digit < scores.Length; digit++)
            highest = scores[digit] > scores[highest] ? digit : highest;

        var (top, own) = (scores[highest], scores[label]);
        var sum = 0f;
        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - top); // at most 1: no overflow
            sum += score;
        }
        foreach (ref var score in scores)
            score /= sum;
        return (MathF.Log(sum) - (own - top), highest == label);
    }
}
