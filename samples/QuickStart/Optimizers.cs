using System.Numerics.Tensors;

namespace QuickStart;

/// <summary>Moves the weights of one layer down their gradient.</summary>
/// <remarks>
/// Weight decay shrinks the weights beside the gradient step instead of through it (Loshchilov and Hutter, "Decoupled weight decay
/// regularization", 2019, arXiv:1711.05101).
/// </remarks>
internal abstract class Optimizer(NetworkSettings settings)
{
    protected float Rate { get; } = (float)settings.LearningRate;

    private float Kept { get; } = (float)(1 - settings.LearningRate * settings.WeightDecay);

    public static Optimizer Create(NetworkSettings settings, int weights) => settings.Optimizer switch
    {
        OptimizerKind.Sgd => new Sgd(settings, momentum: 0, weights),
        OptimizerKind.Momentum => new Sgd(settings, settings.Momentum, weights),
        OptimizerKind.Adam => new Adam(settings, weights),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Optimizer, "no such optimizer"),
    };

    public void Step(Span<float> weights, ReadOnlySpan<float> gradient)
    {
        TensorPrimitives.Multiply(weights, Kept, weights);
        Descend(weights, gradient);
    }

    protected abstract void Descend(Span<float> weights, ReadOnlySpan<float> gradient);
}

/// <summary>Stochastic gradient descent, with or without momentum.</summary>
internal sealed class Sgd(NetworkSettings settings, double momentum, int weights) : Optimizer(settings)
{
    private readonly float _momentum = (float)momentum;
    private readonly float[] _velocity = new float[weights];

    protected override void Descend(Span<float> weights, ReadOnlySpan<float> gradient)
    {
        TensorPrimitives.MultiplyAdd(_velocity, _momentum, gradient, _velocity);
        TensorPrimitives.MultiplyAdd(_velocity, -Rate, weights, weights);
    }
}

/// <summary>D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015, arXiv:1412.6980, with its decay rates.</summary>
internal sealed class Adam(NetworkSettings settings, int weights) : Optimizer(settings)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[] _mean = new float[weights];      // m: running mean of the gradient
    private readonly float[] _square = new float[weights];    // v: running mean of its square
    private readonly float[] _step = new float[weights];
    private int _steps;                                       // t

    protected override void Descend(Span<float> weights, ReadOnlySpan<float> gradient)
    {
        _steps++;
        TensorPrimitives.Lerp(gradient, _mean, Beta1, _mean);
        TensorPrimitives.Multiply(gradient, gradient, _step);
        TensorPrimitives.Lerp(_step, _square, Beta2, _square);

        // w -= rate · (m / (1 - β1^t)) / √(v / (1 - β2^t)), the two corrections drawn into one factor (end of the paper's section 2)
        var rate = Rate * MathF.Sqrt(1 - MathF.Pow(Beta2, _steps)) / (1 - MathF.Pow(Beta1, _steps));
        TensorPrimitives.Sqrt(_square, _step);
        TensorPrimitives.Add(_step, Epsilon, _step);
        TensorPrimitives.Divide(_mean, _step, _step);
        TensorPrimitives.MultiplyAdd(_step, -rate, weights, weights);
    }
}
