using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Independent uniform draws (on the scale of each parameter): the baseline, and hard to beat in many dimensions of which few matter.
/// Source: Bergstra and Bengio 2012, Journal of Machine Learning Research 13.
/// </summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(random);
        return new Proposal(Draw(space.Count, random));
    }

    internal static ImmutableArray<double> Draw(int axes, Random random)
    {
        var point = new double[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            point[axis] = random.NextDouble();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(point);
    }
}
