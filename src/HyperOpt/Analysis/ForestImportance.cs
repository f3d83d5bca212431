using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// Functional ANOVA of a random forest (Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing hyperparameter importance", ICML): the variance of
/// the mean given one parameter, or two, in closed form for each tree, as a share of the tree's variance.
/// </summary>
/// <remarks>
/// Makes no assumption of smoothness, and categories cost it nothing; but its trees see interactions where there is only roughness: see docs/importance.md for how far
/// it is from the truth. Total shares are estimated over quasi-random points. Errors are standard deviations over the trees, each of which is grown from its own draw
/// of the trials: what one tree is uncertain of, and more than their mean is.
/// </remarks>
public sealed record ForestImportance : ImportanceEvaluator
{
    private const int Points = 256; // of a total index

    private readonly int _trees = 64;
    private readonly int _pairedParameters = 4;

    /// <summary>How many trees, at least 2. Default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public int Trees
    {
        get => _trees;
        init => _trees = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "2 <= Trees must hold. Use 64.");
    }

    /// <summary>Among how many of the most important parameters pairs are looked at; 0 for no pairs. Default 4. Time grows with its square.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int PairedParameters
    {
        get => _pairedParameters;
        init => _pairedParameters = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= PairedParameters must hold. Use 4, or 0 for no pairs.");
    }

    internal override string Title => "fANOVA";

    internal override SobolIndices Evaluate(ImportanceData data)
    {
        var axes = data.Varied;
        var boxes = new List<TreeBoxes>();
        var (firsts, totals) = (new List<double[]>(), new List<double[]>());
        var net = Net(axes.Length, data.Seed);
        var explained = Forest.Grow(data, Trees, (tree, table) =>
        {
            if (new TreeBoxes(table, tree) is { Variance: > 0 } found)
            {
                boxes.Add(found);
                firsts.Add([.. axes.Select((_, axis) => found.MarginalVariance(axis) / found.Variance)]);
                totals.Add(Totals(tree, net, axes.Length, found.Variance));
            }
        });
        var (first, firstErrors) = Forest.Moments(firsts, axes.Length);
        var (total, totalErrors) = Forest.Moments(totals, axes.Length);
        int[] paired = [.. Enumerable.Range(0, axes.Length).OrderByDescending(axis => total[axis]).Take(PairedParameters).Order()];
        var pairs = new Dictionary<(int, int), (double, double)>();
        foreach (var (one, other) in paired.SelectMany((one, at) => paired.Skip(at + 1).Select(other => (one, other))))
        {
            var (shares, errors) = Forest.Moments([.. boxes.Select((box, at) => new[] { box.MarginalVariance(one, other) / box.Variance - firsts[at][one] - firsts[at][other] })], 1);
            pairs[(one, other)] = (shares[0], errors[0]);
        }

        var variance = boxes.Select(box => box.Variance).DefaultIfEmpty(0).Average();
        return data.Spread(axes, new SobolIndices(first, firstErrors, total, totalErrors, pairs, variance, explained));
    }

    // Points, and others to take single coordinates from.
    private static (double[] Point, double[] Other)[] Net(int axes, ulong seed) =>
    [
        .. Enumerable.Range(0, Points).Select(index => (
            Enumerable.Range(0, axes).Select(axis => SobolSequence.Scrambled(index, axis, seed)).ToArray(),
            Enumerable.Range(axes, axes).Select(axis => SobolSequence.Scrambled(index, axis, seed)).ToArray())),
    ];

    // E[(f(x) - f(x with coordinate j drawn anew))²] / 2V (Jansen 1999, 10.1016/S0010-4655(98)00154-4).
    private static double[] Totals(RegressionTree tree, (double[] Point, double[] Other)[] net, int axes, double variance)
    {
        var sums = new double[axes];
        foreach (var (point, other) in net)
        {
            var here = tree.At(point);
            for (var axis = 0; axis < axes; axis++)
            {
                var kept = point[axis];
                point[axis] = other[axis];
                var difference = here - tree.At(point);
                point[axis] = kept;
                sums[axis] += difference * difference;
            }
        }

        return [.. sums.Select(sum => sum / (2 * Points * variance))];
    }
}
