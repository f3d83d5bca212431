using System.Numerics.Tensors;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Pruning.Training;

/// <summary>What a network is judged by on the rows that it has not learnt from.</summary>
internal enum Verdict
{
    /// <summary>Mean cross-entropy.</summary>
    LogLoss,

    /// <summary>The share of rows told wrong.</summary>
    Error,

    /// <summary>Mean squared error of the inputs given back.</summary>
    Reconstruction,
}

/// <summary>A network of no or one hidden layer (tanh), trained in mini-batches.</summary>
internal sealed class Perceptron
{
    private readonly LabelledData _data;
    private readonly Verdict _verdict;
    private readonly DescentSettings _settings;
    private readonly int _units; // 0: no hidden layer
    private readonly int _outputs;
    private readonly Descent _inner;
    private readonly Descent _outer;
    private readonly double[] _hidden;
    private readonly double[] _scores;
    private readonly Xoshiro256StarStar _chance = new(7);

    public Perceptron(LabelledData data, Verdict verdict, int units, DescentSettings settings)
    {
        _data = data;
        _verdict = verdict;
        _settings = settings;
        _units = units;
        _outputs = verdict == Verdict.Reconstruction ? data.Features : data.Classes;
        var inputs = units == 0 ? data.Features : units;
        _hidden = new double[units];
        _scores = new double[_outputs];
        _inner = Create(data.Features, units);
        _outer = Create(inputs, _outputs);
    }

    /// <summary>The verdict after each epoch.</summary>
    public double[] Train(int epochs, int batchSize)
    {
        int[] order = [.. Enumerable.Range(0, _data.Train.Length)];
        var curve = new double[epochs];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                var other = _chance.Next(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }

            for (var from = 0; from < order.Length; from += batchSize)
            {
                var size = Math.Min(batchSize, order.Length - from);
                var passed = epoch + (double)from / order.Length;
                Learn(order.AsSpan(from, size), _settings.RateAt(passed / epochs, passed));
            }

            curve[epoch] = Judge();
        }

        return curve;
    }

    // Weights of a row of inputs and, last, the bias.
    private Descent Create(int inputs, int outputs)
    {
        var layer = new Descent(_settings, (inputs + 1) * outputs);
        var width = Math.Sqrt(3.0 / inputs);
        for (var i = 0; i < layer.Weights.Length; i++)
        {
            layer.Weights[i] = i % (inputs + 1) == inputs ? 0 : (2 * _chance.NextDouble() - 1) * width;
        }

        return layer;
    }

    private void Learn(ReadOnlySpan<int> batch, double rate)
    {
        foreach (var row in batch)
        {
            var input = _data.Train[row];
            Forward(input);
            ToErrors(input, _data.TrainLabels[row], batch.Length);
            Backward(input);
        }

        _outer.Step(rate);
        if (_units > 0)
        {
            _inner.Step(rate);
        }
    }

    private void Forward(double[] input)
    {
        if (_units > 0)
        {
            Apply(_inner.Weights, input, _hidden);
            TensorPrimitives.Tanh(_hidden, _hidden);
        }

        Apply(_outer.Weights, _units > 0 ? _hidden : input, _scores);
    }

    private static void Apply(double[] weights, ReadOnlySpan<double> input, Span<double> output)
    {
        var stride = input.Length + 1;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = TensorPrimitives.Dot(input, weights.AsSpan(i * stride, input.Length)) + weights[i * stride + input.Length];
        }
    }

    // The derivative of the mean loss of the batch by the scores, in their place.
    private void ToErrors(double[] input, int label, int batchSize)
    {
        if (_verdict == Verdict.Reconstruction)
        {
            TensorPrimitives.Subtract(_scores, input, _scores);
            TensorPrimitives.Multiply(_scores, 2.0 / (batchSize * input.Length), _scores);
            return;
        }

        TensorPrimitives.SoftMax(_scores, _scores);
        _scores[label] -= 1;
        TensorPrimitives.Multiply(_scores, 1.0 / batchSize, _scores);
    }

    private void Backward(double[] input)
    {
        ReadOnlySpan<double> below = _units > 0 ? _hidden : input;
        Collect(_outer.Gradient, below, _scores);
        if (_units == 0)
        {
            return;
        }

        Span<double> errors = stackalloc double[_units];
        for (var i = 0; i < _outputs; i++)
        {
            TensorPrimitives.MultiplyAdd(_outer.Weights.AsSpan(i * (_units + 1), _units), _scores[i], errors, errors);
        }

        for (var i = 0; i < _units; i++)
        {
            errors[i] *= 1 - _hidden[i] * _hidden[i];
        }

        Collect(_inner.Gradient, input, errors);
    }

    private static void Collect(double[] gradient, ReadOnlySpan<double> input, ReadOnlySpan<double> errors)
    {
        var stride = input.Length + 1;
        for (var i = 0; i < errors.Length; i++)
        {
            var row = gradient.AsSpan(i * stride, input.Length);
            TensorPrimitives.MultiplyAdd(input, errors[i], row, row);
            gradient[i * stride + input.Length] += errors[i];
        }
    }

    private double Judge()
    {
        var sum = 0.0;
        for (var row = 0; row < _data.Validation.Length; row++)
        {
            var (input, label) = (_data.Validation[row], _data.ValidationLabels[row]);
            Forward(input);
            sum += _verdict switch
            {
                Verdict.LogLoss => Math.Log(Math.Max(1e-300, SoftMaxOf(label))) * -1,
                Verdict.Error => TensorPrimitives.IndexOfMax<double>(_scores) == label ? 0 : 1,
                _ => Math.Pow(TensorPrimitives.Distance<double>(_scores, input), 2) / input.Length,
            };
        }

        return sum / _data.Validation.Length;
    }

    private double SoftMaxOf(int label)
    {
        TensorPrimitives.SoftMax(_scores, _scores);
        return _scores[label];
    }
}
