using System.Numerics.Tensors;

namespace HyperOpt.Benchmarks.Pruning.Training;

/// <summary>How weights follow their gradient.</summary>
/// <param name="Kind">sgd, momentum or adam.</param>
/// <param name="Rate">How far they follow it in one step.</param>
/// <param name="Decay">How fast weights shrink beside it, as a share of the rate (decoupled: Loshchilov and Hutter 2019, arXiv:1711.05101).</param>
/// <param name="Schedule">constant, cosine (to 0 at the last epoch) or inverse (1 / (1 + epoch / 5)).</param>
internal sealed record DescentSettings(string Kind, double Rate, double Decay, string Schedule)
{
    public double RateAt(double progress, double epoch) => Schedule switch
    {
        "cosine" => Rate * (1 + Math.Cos(Math.PI * progress)) / 2,
        "inverse" => Rate / (1 + epoch / 5),
        _ => Rate,
    };
}

/// <summary>One block of weights on its way down.</summary>
internal sealed class Descent(DescentSettings settings, int weights)
{
    private readonly double[] _first = new double[weights];
    private readonly double[] _second = new double[settings.Kind == "adam" ? weights : 0];
    private readonly double[] _step = new double[settings.Kind == "adam" ? weights : 0];
    private int _steps;

    public double[] Weights { get; } = new double[weights];

    public double[] Gradient { get; } = new double[weights];

    /// <summary>One step down; the gradient is cleared.</summary>
    public void Step(double rate)
    {
        TensorPrimitives.Multiply(Weights, 1 - rate * settings.Decay, Weights);
        if (settings.Kind == "adam")
        {
            Adam(rate);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(_first, settings.Kind == "momentum" ? 0.9 : 0.0, Gradient, _first);
            TensorPrimitives.MultiplyAdd(_first, -rate, Weights, Weights);
        }

        Gradient.AsSpan().Clear();
    }

    // Kingma and Ba 2015, arXiv:1412.6980.
    private void Adam(double rate)
    {
        const double Beta1 = 0.9;
        const double Beta2 = 0.999;
        _steps++;
        TensorPrimitives.Multiply(_first, Beta1, _first);
        TensorPrimitives.MultiplyAdd(Gradient, 1 - Beta1, _first, _first);
        TensorPrimitives.Multiply(Gradient, Gradient, _step);
        TensorPrimitives.Multiply(_second, Beta2, _second);
        TensorPrimitives.MultiplyAdd(_step, 1 - Beta2, _second, _second);
        TensorPrimitives.Sqrt(_second, _step);
        TensorPrimitives.Multiply(_step, 1 / Math.Sqrt(1 - Math.Pow(Beta2, _steps)), _step);
        TensorPrimitives.Add(_step, 1e-8, _step);
        TensorPrimitives.Divide(_first, _step, _step);
        TensorPrimitives.MultiplyAdd(_step, -rate / (1 - Math.Pow(Beta1, _steps)), Weights, Weights);
    }
}
