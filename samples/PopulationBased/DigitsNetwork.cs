using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using QuickStart;

namespace PopulationBased;

/// <summary>
/// A network with one hidden layer that reads handwritten digits, made to be trained by intervals: what it is trained with is said each time, and all
/// that training goes on from can be saved.
/// </summary>
public sealed class DigitsNetwork
{
    private const int Hidden = 48;
    private const int BatchSize = 32;

    private readonly float[] _weights = new float[Hidden * Digits.Pixels + Hidden + Digits.Classes * Hidden + Digits.Classes];
    private readonly float[] _velocity;
    private readonly float[] _gradient;
    private readonly float[] _hidden = new float[Hidden];
    private readonly float[] _errors = new float[Hidden];
    private readonly float[] _scores = new float[Digits.Classes];

    /// <summary>A network that has not learned anything yet.</summary>
    /// <param name="seed">Decides the first weights.</param>
    public DigitsNetwork(long seed)
    {
        _velocity = new float[_weights.Length];
        _gradient = new float[_weights.Length];
        var random = new SplitMix64(seed);
        Fill(Matrix(_weights, 0), MathF.Sqrt(6f / Digits.Pixels), random); // He et al. 2015, arXiv:1502.01852
        Fill(Matrix(_weights, 1), MathF.Sqrt(6f / Hidden), random);
    }

    /// <summary>How many epochs it has trained.</summary>
    public int Epochs { get; private set; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static DigitsNetwork Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var network = new DigitsNetwork(0);
        stream.ReadExactly(MemoryMarshal.AsBytes(network._weights.AsSpan()));
        stream.ReadExactly(MemoryMarshal.AsBytes(network._velocity.AsSpan()));
        network.Epochs = stream.ReadByte();
        return network;
    }

    /// <summary>Writes all that training goes on from.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
        stream.Write(MemoryMarshal.AsBytes(_velocity.AsSpan()));
        stream.WriteByte((byte)Epochs);
    }

    /// <summary>Learns from every image once, in a random order.</summary>
    /// <param name="images">From what.</param>
    /// <param name="settings">With what.</param>
    /// <param name="seed">Decides the order, and what dropout leaves out.</param>
    public void TrainOneEpoch(LabelledImages images, TrainingSettings settings, long seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        var random = new SplitMix64(seed);
        int[] order = [.. Enumerable.Range(0, images.Count)];
        random.Shuffle(order.AsSpan());
        for (var start = 0; start < order.Length; start += BatchSize)
        {
            var batch = order.AsSpan(start, Math.Min(BatchSize, order.Length - start));
            Array.Clear(_gradient);
            foreach (var image in batch)
            {
                AddGradient(images.Pixels(image), images.Label(image), settings, 1f / batch.Length, random);
            }

            TensorPrimitives.MultiplyAdd(_velocity, (float)settings.Momentum, _gradient, _velocity);
            TensorPrimitives.Multiply(_weights, (float)(1 - settings.Rate * settings.Decay), _weights);
            TensorPrimitives.MultiplyAdd(_velocity, (float)-settings.Rate, _weights, _weights);
        }

        Epochs++;
    }

    /// <summary>The mean loss (cross-entropy) on images, without learning from them; infinite for a network that has come apart.</summary>
    public double Loss(LabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var loss = 0.0;
        for (var image = 0; image < images.Count; image++)
        {
            Forward(images.Pixels(image));
            loss += Softmax(images.Label(image));
        }

        return double.IsNaN(loss) ? double.PositiveInfinity : loss / images.Count;
    }

    private void AddGradient(ReadOnlySpan<float> pixels, int label, TrainingSettings settings, float share, SplitMix64 random)
    {
        Forward(pixels);
        var kept = 1 / (1 - (float)settings.Dropout);
        for (var unit = 0; unit < Hidden; unit++)
        {
            _hidden[unit] *= random.NextSingle() < settings.Dropout ? 0 : kept;
        }

        Score();
        Softmax(label);
        Array.Clear(_errors);
        for (var digit = 0; digit < Digits.Classes; digit++)
        {
            var error = share * (_scores[digit] - (digit == label ? 1 : 0));
            TensorPrimitives.MultiplyAdd(Row(_weights, 1, digit), error, _errors, _errors);
            TensorPrimitives.MultiplyAdd(_hidden, error, Row(_gradient, 1, digit), Row(_gradient, 1, digit));
            Biases(_gradient, 1)[digit] += error;
        }

        for (var unit = 0; unit < Hidden; unit++)
        {
            if (_hidden[unit] > 0)
            {
                TensorPrimitives.MultiplyAdd(pixels, _errors[unit] * kept, Row(_gradient, 0, unit), Row(_gradient, 0, unit));
                Biases(_gradient, 0)[unit] += _errors[unit] * kept;
            }
        }
    }

    private void Forward(ReadOnlySpan<float> pixels)
    {
        for (var unit = 0; unit < Hidden; unit++)
        {
            _hidden[unit] = Math.Max(0, TensorPrimitives.Dot(pixels, Row(_weights, 0, unit)) + Biases(_weights, 0)[unit]);
        }

        Score();
    }

    private void Score()
    {
        for (var digit = 0; digit < Digits.Classes; digit++)
        {
            _scores[digit] = TensorPrimitives.Dot(_hidden, Row(_weights, 1, digit)) + Biases(_weights, 1)[digit];
        }
    }

    // Scores become probabilities; the loss is -log of that of the label.
    private double Softmax(int label)
    {
        var top = TensorPrimitives.Max(_scores);
        var own = _scores[label];
        TensorPrimitives.Subtract(_scores, top, _scores);
        TensorPrimitives.Exp(_scores, _scores);
        var sum = TensorPrimitives.Sum(_scores);
        TensorPrimitives.Divide(_scores, sum, _scores);
        return MathF.Log(sum) - (own - top);
    }

    private static Span<float> Matrix(float[] all, int layer) =>
        layer == 0 ? all.AsSpan(0, Hidden * Digits.Pixels) : all.AsSpan(Hidden * Digits.Pixels + Hidden, Digits.Classes * Hidden);

    private static Span<float> Row(float[] all, int layer, int row) =>
        layer == 0 ? Matrix(all, 0).Slice(row * Digits.Pixels, Digits.Pixels) : Matrix(all, 1).Slice(row * Hidden, Hidden);

    private static Span<float> Biases(float[] all, int layer) =>
        layer == 0 ? all.AsSpan(Hidden * Digits.Pixels, Hidden) : all.AsSpan(all.Length - Digits.Classes);

    private static void Fill(Span<float> weights, float bound, SplitMix64 random)
    {
        foreach (ref var weight in weights)
        {
            weight = bound * (2 * random.NextSingle() - 1);
        }
    }
}

/// <summary>What a network is trained with; may be other in each epoch.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Momentum">The share of the step before that goes on.</param>
/// <param name="Dropout">The share of hidden units left out.</param>
/// <param name="Decay">How fast weights shrink, as a share of the rate.</param>
public readonly record struct TrainingSettings(double Rate, double Momentum, double Dropout, double Decay);
