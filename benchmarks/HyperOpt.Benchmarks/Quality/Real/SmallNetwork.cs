using System.Numerics.Tensors;
using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>A network of one hidden layer, a few epochs of stochastic gradient descent.</summary>
internal sealed class SmallNetwork
{
    private const int Epochs = 4;

    private readonly DataSet _data;
    private readonly IntParameter _hidden = Parameter.Int("hidden", 4, 48).Log();
    private readonly FloatParameter _rate = Parameter.Float("rate", 1e-3, 10).Log();
    private readonly FloatParameter _momentum = Parameter.Float("momentum", 0, 0.99);
    private readonly FloatParameter _decay = Parameter.Float("decay", 1e-6, 1e-1).Log();
    private readonly FloatParameter _start = Parameter.Float("start", 0.01, 3).Log();
    private readonly OrdinalParameter<int> _batch = Parameter.Ordinal("batch", 2, 4, 8, 16, 32);
    private readonly CategoricalParameter<string> _activation = Parameter.Categorical("activation", "relu", "tanh", "sigmoid");

    private SmallNetwork(DataSet data) => _data = data;

    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new SmallNetwork(data);
        return Problem.Of("real", name, [model._hidden, model._rate, model._momentum, model._decay, model._start, model._batch, model._activation], model.Loss, best)
            with { Resolution = 1e-3 };
    }

    private double Loss(IPoint point)
    {
        var random = StreamSeed.Create(0, 0, "quality/network");
        var (hidden, kind, batch) = (point.Get(_hidden), point.Get(_activation), point.Get(_batch));
        var first = new Layer(_data.Features, hidden, point.Get(_start), random);
        var second = new Layer(hidden, _data.Classes, point.Get(_start), random);
        var (middle, scores, back) = (new float[hidden], new float[_data.Classes], new float[hidden]);
        var (rate, momentum, decay) = ((float)point.Get(_rate), (float)point.Get(_momentum), (float)point.Get(_decay));
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            for (var i = 0; i < _data.Train.Length; i++)
            {
                Forward(_data.Train[i]);
                scores[_data.TrainLabels[i]] -= 1; // now the slopes of the loss
                Array.Clear(back);
                second.Backward(middle, scores, back);
                for (var k = 0; k < hidden; k++)
                {
                    back[k] *= kind switch { "relu" => middle[k] > 0 ? 1 : 0, "tanh" => 1 - middle[k] * middle[k], _ => middle[k] * (1 - middle[k]) };
                }

                first.Backward(_data.Train[i], back, null);
                if ((i + 1) % batch == 0 || i + 1 == _data.Train.Length)
                {
                    first.Step(rate / batch, momentum, decay);
                    second.Step(rate / batch, momentum, decay);
                }
            }
        }

        return _data.Test.Select((row, i) =>
        {
            Forward(row);
            return LogLoss.Of(scores[_data.TestLabels[i]]);
        }).Average();

        void Forward(float[] row)
        {
            first.Forward(row, middle);
            if (kind == "relu")
            {
                TensorPrimitives.Max(middle, 0f, middle);
            }
            else if (kind == "tanh")
            {
                TensorPrimitives.Tanh(middle, middle);
            }
            else
            {
                TensorPrimitives.Sigmoid(middle, middle);
            }

            second.Forward(middle, scores);
            LogLoss.Softmax(scores);
        }
    }

    private sealed class Layer
    {
        private readonly float[][] _weights;
        private readonly float[][] _gradients;
        private readonly float[][] _velocities;

        public Layer(int inputs, int outputs, double start, Random random)
        {
            var scale = start / Math.Sqrt(inputs);
            _weights = [.. Enumerable.Range(0, outputs).Select(_ => (float[])[.. Enumerable.Range(0, inputs).Select(_ => (float)(scale * Gaussian.Next(random)))])];
            _gradients = Array.ConvertAll(_weights, row => new float[row.Length]);
            _velocities = Array.ConvertAll(_weights, row => new float[row.Length]);
        }

        public void Forward(float[] input, float[] output)
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = TensorPrimitives.Dot(_weights[i], input);
            }
        }

        public void Backward(float[] input, float[] slopes, float[]? back)
        {
            for (var i = 0; i < slopes.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(input, slopes[i], _gradients[i], _gradients[i]);
                if (back is not null)
                {
                    TensorPrimitives.MultiplyAdd(_weights[i], slopes[i], back, back);
                }
            }
        }

        public void Step(float rate, float momentum, float decay)
        {
            for (var i = 0; i < _weights.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(_velocities[i], momentum, _gradients[i], _velocities[i]);
                TensorPrimitives.Multiply(_weights[i], 1 - rate * decay, _weights[i]);
                TensorPrimitives.MultiplyAdd(_velocities[i], -rate, _weights[i], _weights[i]);
                Array.Clear(_gradients[i]);
            }
        }
    }
}
