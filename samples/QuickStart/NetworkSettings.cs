namespace QuickStart;

/// <summary>Everything about a network that its training does not learn: the hyperparameters.</summary>
/// <param name="Layers">The number of hidden layers.</param>
/// <param name="Units">The number of units in each of them.</param>
/// <param name="Activation">What a hidden unit makes of the weighted sum of its inputs.</param>
/// <param name="Dropout">The share of hidden units left out of a training step, from 0 up to, but not including, 1.</param>
/// <param name="WeightDecay">How fast weights shrink, as a share of the learning rate.</param>
/// <param name="Optimizer">How weights follow the gradient.</param>
/// <param name="LearningRate">How far they follow it in one step.</param>
/// <param name="Momentum">The share of the step before that goes on; only <see cref="OptimizerKind.Momentum"/> has it.</param>
/// <param name="BatchSize">The number of images in one step.</param>
public sealed record NetworkSettings(
    int Layers,
    int Units,
    Activation Activation,
    double Dropout,
    double WeightDecay,
    OptimizerKind Optimizer,
    double LearningRate,
    double Momentum,
    int BatchSize)
{
    /// <summary>What one would try first, without any tuning.</summary>
    public static NetworkSettings Default { get; } = new(
        Layers: 1,
        Units: 32,
        Activation.Relu,
        Dropout: 0,
        WeightDecay: 0,
        OptimizerKind.Sgd,
        LearningRate: 0.01,
        Momentum: 0,
        BatchSize: 32);
}

/// <summary>What a hidden unit makes of the weighted sum of its inputs.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,
}

/// <summary>How weights follow the gradient.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent: straight down the gradient of the batch.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent that also goes on in the direction of the steps before.</summary>
    Momentum,

    /// <summary>Momentum, and a step size of its own for every weight (Kingma and Ba, 2015).</summary>
    Adam,
}
