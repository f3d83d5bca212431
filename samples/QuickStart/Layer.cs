using System.Numerics.Tensors;

namespace QuickStart;

/// <summary>A fully connected layer: outputs = activation(inputs · weights + bias), for a batch at once.</summary>
internal sealed class Layer
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly Activation? _activation;
    private readonly float _dropout;
    private readonly float[] _weights;     // a row of weights per input, and at the end the bias as one more row, whose input is always 1
    private readonly float[] _gradient;    // of the loss by each weight
    private readonly float[] _results;     // an image after another
    private readonly float[] _slopes;      // of each result by its weighted sum
    private readonly float[] _errors;      // gradient of the loss by each result, later by each weighted sum
    private readonly Optimizer _optimizer;

    /// <param name="inputs">Inputs of an image.</param>
    /// <param name="outputs">Outputs of an image.</param>
    /// <param name="activation"><see langword="null"/>: the weighted sums themselves, without dropout.</param>
    /// <param name="settings">The rest.</param>
    /// <param name="random">Draws the first weights.</param>
    public Layer(int inputs, int outputs, Activation? activation, NetworkSettings settings, SplitMix64 random)
    {
        (_inputs, _outputs, _activation) = (inputs, outputs, activation);
        _dropout = activation is null ? 0 : (float)settings.Dropout;
        _weights = new float[(inputs + 1) * outputs];
        _gradient = new float[_weights.Length];
        _results = new float[settings.BatchSize * outputs];
        _slopes = new float[_results.Length];
        _errors = new float[_results.Length];
        _optimizer = Optimizer.Create(settings, _weights.Length);

        // He et al. 2015 for ReLU, which lets only half of the variance through; Glorot and Bengio 2010 ("Xavier") for the others.
        var bound = MathF.Sqrt(6f / (activation is Activation.Relu ? inputs : inputs + outputs));
        foreach (ref var weight in _weights.AsSpan(0, inputs * outputs))
            weight = bound * (2 * random.NextSingle() - 1);
    }

    public Span<float> Weights => _weights;

    public ReadOnlySpan<float> Gradient => _gradient;

    public Span<float> Results(int images) => _results.AsSpan(0, images * _outputs);

    public Span<float> Errors(int images) => _errors.AsSpan(0, images * _outputs);

    /// <summary>From inputs to <see cref="Results"/>.</summary>
    /// <param name="inputs">An image after another.</param>
    /// <param name="images">Their number.</param>
    /// <param name="dropout">Draws the units to leave out while learning; <see langword="null"/>: all take part.</param>
    public void Forward(ReadOnlySpan<float> inputs, int images, SplitMix64? dropout)
    {
        for (var image = 0; image < images; image++)
            Row(_weights, _inputs).CopyTo(Row(_results, image));
        for (var input = 0; input < _inputs; input++)
        {
            var weights = Row(_weights, input);
            for (var image = 0; image < images; image++)
                AddScaled(weights, inputs[image * _inputs + input], Row(_results, image));
        }

        var results = Results(images);
        Activate(results);
        if (dropout is null)
            return;
        var slopes = _slopes.AsSpan(0, results.Length);
        SlopesAt(results, slopes);
        if (_dropout > 0)
            DropOut(results, slopes, dropout);
    }

    /// <summary>From <see cref="Errors"/> to <see cref="Gradient"/> and, unless they are empty, the errors of the layer before.</summary>
    public void Backward(ReadOnlySpan<float> inputs, Span<float> inputErrors, int images)
    {
        var errors = Errors(images);
        TensorPrimitives.Multiply(errors, _slopes.AsSpan(0, errors.Length), errors);

        Array.Clear(_gradient);
        for (var image = 0; image < images; image++)
            AddScaled(Row(_errors, image), 1, Row(_gradient, _inputs));
        for (var input = 0; input < _inputs; input++)
        {
            var gradient = Row(_gradient, input);
            for (var image = 0; image < images; image++)
                AddScaled(Row(_errors, image), inputs[image * _inputs + input], gradient);
        }

        if (inputErrors.IsEmpty)
            return;
        for (var input = 0; input < _inputs; input++)
        {
            var weights = Row(_weights, input);
            for (var image = 0; image < images; image++)
                inputErrors[image * _inputs + input] = TensorPrimitives.Dot(Row(_errors, image), weights);
        }
    }

    public void Update() => _optimizer.Step(_weights, _gradient);

    private void Activate(Span<float> sums)
    {
        switch (_activation)
        {
            case Activation.Relu: TensorPrimitives.Max(sums, 0, sums); break;
            case Activation.Tanh: TensorPrimitives.Tanh(sums, sums); break;
            case Activation.Sigmoid: TensorPrimitives.Sigmoid(sums, sums); break;
        }
    }

    private void SlopesAt(ReadOnlySpan<float> results, Span<float> slopes)
    {
        switch (_activation)
        {
            case Activation.Relu:
                for (var unit = 0; unit < results.Length; unit++)
                    slopes[unit] = results[unit] > 0 ? 1 : 0;
                break;
            case Activation.Tanh: // 1 - y²
                TensorPrimitives.Multiply(results, results, slopes);
                TensorPrimitives.Subtract(1, slopes, slopes);
                break;
            case Activation.Sigmoid: // (1 - y) y
                TensorPrimitives.Subtract(1, results, slopes);
                TensorPrimitives.Multiply(slopes, results, slopes);
                break;
            default:
                slopes.Fill(1);
                break;
        }
    }

    /// <summary>The units that stay are scaled up, so that the next layer gets as much as without dropout.</summary>
    private void DropOut(Span<float> results, Span<float> slopes, SplitMix64 random)
    {
        for (var unit = 0; unit < results.Length; unit++)
        {
            var factor = random.NextSingle() < _dropout ? 0 : 1 / (1 - _dropout);
            results[unit] *= factor;
            slopes[unit] *= factor;
        }
    }

    private Span<float> Row(float[] matrix, int row) => matrix.AsSpan(row * _outputs, _outputs);

    private static void AddScaled(ReadOnlySpan<float> row, float factor, Span<float> sum)
    {
        if (factor != 0) // dark pixels, units that are off
            TensorPrimitives.MultiplyAdd(row, factor, sum, sum);
    }
}
