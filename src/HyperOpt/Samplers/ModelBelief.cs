namespace HyperOpt.Samplers;

/// <summary>What a model believes of the loss at a point, noise aside.</summary>
/// <param name="Low">With a chance of 2.5 % the loss is lower.</param>
/// <param name="Median">It is as likely lower as higher.</param>
/// <param name="High">With a chance of 2.5 % it is higher.</param>
/// <param name="Acquisition">What the sampler maximises for the trial at hand; of use in comparing points.</param>
public readonly record struct ModelBelief(double Low, double Median, double High, double Acquisition);
