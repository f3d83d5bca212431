namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A model as it was fitted after so many trials; it then holds, with rows added, until the next fit.</summary>
/// <param name="Count">How many trials had ended.</param>
/// <param name="Theta">The hyperparameters.</param>
/// <param name="Warp">What the model sees of a value.</param>
/// <param name="Kept">Which of the data it keeps, by their positions.</param>
/// <param name="Data">What the trials say.</param>
internal sealed record FittedModel(int Count, double[] Theta, OutputWarp Warp, int[] Kept, TrainingData Data);
