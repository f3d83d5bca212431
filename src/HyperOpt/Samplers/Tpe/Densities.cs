using System.Runtime.CompilerServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The two densities of a suggestion. Good: the good trials, best first, and the prior. Rest: the others that taught something, the trials under
/// way and the prior.
/// </summary>
internal sealed class Densities
{
    private Densities(SearchSpace space, Mixture good, Mixture rest)
    {
        Space = space;
        Good = good;
        Rest = rest;
    }

    public SearchSpace Space { get; }

    public Mixture Good { get; }

    public Mixture Rest { get; }

    /// <summary>Makes the densities. The memo's kernels are theirs until the next time: to be used under its lock.</summary>
    public static Densities Build(TrialHistory history, TpeMemo memo, TpeSplit split)
    {
        int[] good = [.. split.Below];
        Array.Sort(good);
        memo.Good.Update(good, history);
        int[] rest = [.. split.Above, .. Enumerable.Range(history.Count, history.Pending.Count)];
        memo.Rest.Update(rest, history);
        return new Densities(
            history.Space, Mixture.Of(memo.Good, split.Below, GoodLogWeights(split)), Mixture.Of(memo.Rest, rest, new double[rest.Length + 1]));
    }

    /// <summary>Turns ln l - ln g into the logarithm of the expected improvement, up to a constant: -ln(γ + (1 - γ) g / l), Bergstra et al. 2011. In order, they are the same.</summary>
    public void ToLogImprovement(Span<double> scores)
    {
        var toDensities = LogSum(Rest.LogWeights) - LogSum(Good.LogWeights); // each mixture is then one density
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = -Math.Log(TpeSplit.GoodShare + (1 - TpeSplit.GoodShare) * Math.Exp(-(scores[i] + toDensities)));
        }
    }

    private static double LogSum(double[] logs) => Math.Log(logs.Sum(Math.Exp));

    // ln(n + 1) - ln r for rank r, so the best weigh most; the prior weighs as much as the average.
    private static double[] GoodLogWeights(TpeSplit split)
    {
        var count = split.Below.Length;
        var logs = new double[count + 1];
        if (split.IsRanked && count > 0)
        {
            var sum = 0.0;
            for (var rank = 0; rank < count; rank++)
            {
                var weight = Math.Log(count + 1) - Math.Log(rank + 1);
                logs[rank] = Math.Log(weight);
                sum += weight;
            }

            logs[count] = Math.Log(sum / count);
        }

        return logs;
    }

    /// <summary>A weighted sum of kernels, of which the last is the prior.</summary>
    /// <param name="Kernels">Where the kernels are.</param>
    /// <param name="Members">Which of them, in the order in which they are summed.</param>
    /// <param name="LogWeights">The logarithms of their weights.</param>
    internal readonly record struct Mixture(Kernels Kernels, int[] Members, double[] LogWeights)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static Mixture Of(KernelGroup group, int[] members, double[] logWeights)
        {
            var kernels = new int[members.Length + 1];
            for (var i = 0; i < members.Length; i++)
            {
                kernels[i] = group.KernelOf(members[i]);
            }

            return new Mixture(group.Kernels, kernels, logWeights);
        }
    }
}
