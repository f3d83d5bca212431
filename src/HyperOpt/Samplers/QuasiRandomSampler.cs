using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Scrambled Sobol points: they cover a space more evenly than independent draws do, at the same cost. Trial n gets point n of a sequence
/// that the study's seed scrambles, so any number of workers shares it. Each aligned block of 2^k trials is balanced in itself.
/// </summary>
/// <remarks>
/// Beyond 1,111 axes the further ones are drawn independently. A point that breaks a hard constraint, or in a finite space was tried, is
/// replaced by the point of that number of another scramble; where all were tried it stays.
/// Sources: Sobol' 1967, 10.1016/0041-5553(67)90144-9; direction numbers by Joe and Kuo 2008, 10.1137/070709359; scrambling after
/// Owen 1995, 10.1007/978-1-4612-2552-2_19, by hashing after Laine and Karras 2011, 10.1111/j.1467-8659.2011.01984.x; its use for
/// hyperparameters: Bergstra and Bengio 2012, Journal of Machine Learning Research 13.
/// </remarks>
public sealed class QuasiRandomSampler : ISampler
{
    private const int MaxScrambles = 64;

    /// <inheritdoc/>
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        double[]? repeated = null;
        for (var scramble = 0; scramble < MaxScrambles; scramble++)
        {
            var point = PointOf(space.Count, history.Number, StreamSeed.Hash(history.Seed, scramble, "sobol"), random);
            if (!space.IsFeasible(point))
            {
                continue;
            }

            if (!space.IsFinite || !history.HasTried(point))
            {
                return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(point));
            }

            repeated ??= point;
        }

        return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(repeated ?? PointOf(space.Count, history.Number, history.Seed, random)));
    }

    private static double[] PointOf(int axes, int number, ulong seed, Random random)
    {
        var point = new double[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            point[axis] = axis < SobolSequence.MaxDimensions ? SobolSequence.Scrambled(number, axis, seed) : random.NextDouble();
        }

        return point;
    }
}
