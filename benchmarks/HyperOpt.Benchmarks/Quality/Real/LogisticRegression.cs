using System.Numerics.Tensors;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Logistic regression by gradient descent with momentum over all rows at once, with a choice of feature map.</summary>
internal sealed class LogisticRegression
{
    private readonly FloatParameter _penalty = Parameter.Float("penalty", 1e-6, 1).Log();
    private readonly FloatParameter _rate = Parameter.Float("rate", 1e-3, 10).Log();
    private readonly FloatParameter _momentum = Parameter.Float("momentum", 0, 0.99);
    private readonly IntParameter _steps = Parameter.Int("steps", 5, 100).Log();
    private readonly CategoricalParameter<string> _map = Parameter.Categorical("map", "linear", "log", "squares");
    private readonly FloatParameter _smoothing = Parameter.Float("smoothing", 0, 0.2);
    private readonly Dictionary<string, DataSet> _data;

    private LogisticRegression(DataSet data) => _data = new Dictionary<string, DataSet>
    {
        ["linear"] = data.Standardized(),
        ["log"] = data.Map(rows => [.. rows.Select(row => Array.ConvertAll(row, x => MathF.Log(x + 1e-3f)))]).Standardized(),
        ["squares"] = data.Standardized().Map(rows => [.. rows.Select(row => (float[])[.. row, .. row.Select(x => x * x)])]).Standardized(),
    };

    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new LogisticRegression(data);
        SearchSpace space = [model._penalty, model._rate, model._momentum, model._steps, model._map, model._smoothing];
        return Problem.Of("real", name, space, model.Loss, best) with { Resolution = 1e-3 };
    }

    private double Loss(IPoint point)
    {
        var data = _data[point.Get(_map)];
        var (rate, momentum, penalty) = ((float)point.Get(_rate), (float)point.Get(_momentum), (float)point.Get(_penalty));
        var smoothing = (float)point.Get(_smoothing);
        var (weights, velocity, gradient) = (new float[data.Features], new float[data.Features], new float[data.Features]);
        var (bias, biasVelocity) = (0f, 0f);
        for (var step = point.Get(_steps); step > 0; step--)
        {
            TensorPrimitives.Multiply(weights, penalty, gradient);
            var biasGradient = 0f;
            for (var i = 0; i < data.Train.Length; i++)
            {
                var target = data.TrainLabels[i] * (1 - smoothing) + smoothing / 2;
                var error = (Sigmoid(bias + TensorPrimitives.Dot(weights, data.Train[i])) - target) / data.Train.Length;
                TensorPrimitives.MultiplyAdd(data.Train[i], error, gradient, gradient);
                biasGradient += error;
            }

            TensorPrimitives.MultiplyAdd(velocity, momentum, gradient, velocity);
            TensorPrimitives.MultiplyAdd(velocity, -rate, weights, weights);
            biasVelocity = momentum * biasVelocity + biasGradient;
            bias -= rate * biasVelocity;
        }

        return data.Test.Select((row, i) =>
        {
            var benign = Sigmoid(bias + TensorPrimitives.Dot(weights, row));
            return LogLoss.Of(data.TestLabels[i] == 1 ? benign : 1 - benign);
        }).Average();
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
