using System.Numerics.Tensors;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Linear classification by stochastic gradient descent, with a choice of optimizer and of schedule, each with settings of its own.</summary>
internal sealed class SoftmaxOptimizers
{
    private const int Epochs = 3;

    private readonly DataSet _data;
    private readonly CategoricalParameter<string> _optimizer = Parameter.Categorical("optimizer", "plain", "momentum", "adam", "rmsprop");
    private readonly CategoricalParameter<string> _schedule = Parameter.Categorical("schedule", "constant", "exponential", "cosine");
    private readonly FloatParameter _rate = Parameter.Float("rate", 1e-4, 10).Log();
    private readonly FloatParameter _decay = Parameter.Float("decay", 1e-6, 1).Log();
    private readonly OrdinalParameter<int> _batch = Parameter.Ordinal("batch", 2, 4, 8, 16, 32);
    private readonly FloatParameter _momentum;
    private readonly FloatParameter _mean;
    private readonly FloatParameter _square;
    private readonly FloatParameter _halfLife;
    private readonly FloatParameter _warmup;

    private SoftmaxOptimizers(DataSet data)
    {
        _data = data;
        _momentum = Parameter.Float("momentum", 0.3, 0.99).When(_optimizer, "momentum");
        _mean = Parameter.Float("mean", 0.5, 0.99).When(_optimizer, "adam");
        _square = Parameter.Float("square", 1e-3, 0.5).Log().When(_optimizer, "adam", "rmsprop");
        _halfLife = Parameter.Float("half_life", 0.02, 2).Log().When(_schedule, "exponential");
        _warmup = Parameter.Float("warmup", 0, 0.5).When(_schedule, "cosine");
    }

    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new SoftmaxOptimizers(data);
        SearchSpace space = [
            model._optimizer, model._schedule, model._rate, model._decay, model._batch, model._momentum, model._mean, model._square, model._halfLife, model._warmup];
        return Problem.Of("real", name, space, model.Loss, best) with { Resolution = 1e-3 };
    }

    private double Loss(IPoint point)
    {
        var (features, batch, decay) = (_data.Features, point.Get(_batch), (float)point.Get(_decay));
        var (weights, gradient) = (new float[_data.Classes * features], new float[_data.Classes * features]);
        var step = Stepper(point, weights.Length);
        var scores = new float[_data.Classes];
        var steps = Epochs * _data.Train.Length;
        for (var done = 0; done < steps; done++)
        {
            var row = done % _data.Train.Length;
            Scores(weights, _data.Train[row], scores);
            scores[_data.TrainLabels[row]] -= 1;
            for (var i = 0; i < scores.Length; i++)
            {
                var part = gradient.AsSpan(i * features, features);
                TensorPrimitives.MultiplyAdd(_data.Train[row], scores[i] / batch, part, part);
            }

            if ((done + 1) % batch == 0)
            {
                var rate = (float)(point.Get(_rate) * Plan(point, (double)done / steps));
                TensorPrimitives.Multiply(weights, 1 - Math.Min(1, rate * decay), weights);
                step(weights, gradient, rate);
                Array.Clear(gradient);
            }
        }

        return _data.Test.Select((row, i) =>
        {
            Scores(weights, row, scores);
            return LogLoss.Of(scores[_data.TestLabels[i]]);
        }).Average();
    }

    private double Plan(IPoint point, double done) => point.Get(_schedule) switch
    {
        "constant" => 1,
        "exponential" => Math.Pow(0.5, done / point.Get(_halfLife)),
        _ when done < point.Get(_warmup) => done / point.Get(_warmup),
        _ => 0.5 + 0.5 * Math.Cos(Math.PI * (done - point.Get(_warmup)) / (1 - point.Get(_warmup))),
    };

    private Action<float[], float[], float> Stepper(IPoint point, int length)
    {
        var kind = point.Get(_optimizer);
        if (kind is "plain")
        {
            return (weights, gradient, rate) => TensorPrimitives.MultiplyAdd(gradient, -rate, weights, weights);
        }

        var mean = new float[length];
        if (kind is "momentum")
        {
            var momentum = (float)point.Get(_momentum);
            return (weights, gradient, rate) =>
            {
                TensorPrimitives.MultiplyAdd(mean, momentum, gradient, mean);
                TensorPrimitives.MultiplyAdd(mean, -rate, weights, weights);
            };
        }

        var (square, scaled, kept, forgotten, count) = (new float[length], new float[length], kind is "adam" ? point.Get(_mean) : 0, point.Get(_square), 0);
        return (weights, gradient, rate) =>
        {
            count++;
            TensorPrimitives.Lerp(gradient, mean, (float)kept, mean);
            TensorPrimitives.Multiply(gradient, gradient, scaled);
            TensorPrimitives.Lerp(square, scaled, (float)forgotten, square);
            TensorPrimitives.Multiply(square, (float)(1 / (1 - Math.Pow(1 - forgotten, count))), scaled);
            TensorPrimitives.Sqrt(scaled, scaled);
            TensorPrimitives.Add(scaled, 1e-6f, scaled);
            TensorPrimitives.Divide(mean, scaled, scaled);
            TensorPrimitives.MultiplyAdd(scaled, (float)(-rate / (1 - Math.Pow(kept, count))), weights, weights);
        };
    }

    private static void Scores(float[] weights, float[] row, float[] scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = TensorPrimitives.Dot(weights.AsSpan(i * row.Length, row.Length), row);
        }

        LogLoss.Softmax(scores);
    }
}
