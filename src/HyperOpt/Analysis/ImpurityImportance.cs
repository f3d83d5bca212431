namespace HyperOpt.Analysis;

/// <summary>
/// The mean decrease in impurity of a random forest (Breiman et al. 1984; as in scikit-learn): by how much the splits on a parameter lower the sum of squares, as a share of
/// what all splits do. The fastest of the forests' figures and the crudest: it is of the trials, not of the space, and favours parameters of many values.
/// </summary>
/// <remarks>Shares add up to 1. Errors are standard deviations over the trees.</remarks>
public sealed record ImpurityImportance : ImportanceEvaluator
{
    private readonly int _trees = 64;

    /// <summary>How many trees, at least 2. Default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public int Trees
    {
        get => _trees;
        init => _trees = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "2 <= Trees must hold. Use 64.");
    }

    internal override string Title => "mean decrease in impurity";

    internal override SobolIndices Evaluate(ImportanceData data)
    {
        var axes = data.Varied;
        var shares = new List<double[]>();
        var explained = Forest.Grow(data, Trees, (tree, _) =>
        {
            if (tree.Decreases.Sum() is > 0 and var all)
            {
                shares.Add([.. tree.Decreases.Select(decrease => decrease / all)]);
            }
        });
        var (means, errors) = Forest.Moments(shares, axes.Length);
        return data.Spread(axes, new SobolIndices(means, errors, means, errors, [], double.NaN, explained));
    }
}
