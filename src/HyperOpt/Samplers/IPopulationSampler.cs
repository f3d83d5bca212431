namespace HyperOpt.Samplers;

/// <summary>
/// A sampler whose trials train a population: each is one interval of the training of one member, and begins from the checkpoint of the trial that the
/// proposal names as <see cref="Proposal.Parent"/>.
/// </summary>
/// <remarks>
/// A study with such a sampler holds its trials to it. One that completes must have saved a checkpoint, and if it has a parent, have read the parent's
/// and asked for the parameters that differ from the parent's after that; what was forgotten is an error. A trial that is tried again begins
/// from its parent's checkpoint again.
/// </remarks>
public interface IPopulationSampler : ISampler
{
    /// <summary>
    /// How many members there are: so many trials are under way at the most. In a reproducible run of a study without a Lag they form generations: trial n
    /// learns from the results of all trials below the last multiple of this number, and of no others.
    /// </summary>
    int Population { get; }
}
