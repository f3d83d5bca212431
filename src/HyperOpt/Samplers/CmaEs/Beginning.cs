using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>Where a search begins.</summary>
internal static class Beginning
{
    private const double GoodShare = 0.1; // γ of WS-CMA
    private const double Prior = 0.1; // α of WS-CMA: the deviation around each good trial

    /// <summary>
    /// The first search. After trials of others, the distribution that is nearest to their best tenth, each blurred:
    /// Nomura et al. 2021, arXiv:2012.06932. Otherwise the middle of the space.
    /// </summary>
    public static SearchState First(SearchAxes axes, CmaEsSettings settings, Regime regime, IReadOnlyList<Observation> before, ViolationScales scales)
    {
        var good = BestOf(before, scales);
        if (good.Count == 0)
        {
            return Around(axes, settings, regime, [.. Enumerable.Repeat(0.5, axes.Dimensions)]);
        }

        var mean = new double[axes.Stride];
        for (var j = 0; j < axes.Dimensions; j++)
        {
            mean[j] = good.Select(trial => trial.Point[axes.Ordered[j]]).Where(double.IsFinite).DefaultIfEmpty(0.5).Average();
        }

        var constants = CmaEsSettings.ConstantsFor(axes, regime.Population);
        return new SearchState(regime, constants, axes.Dimensions == 0 ? null : Fit(axes, settings, good, mean), CategoriesOf(axes, good));
    }

    /// <summary>A restart: anywhere.</summary>
    public static SearchState Anywhere(SearchAxes axes, CmaEsSettings settings, Regime regime, ulong seed)
    {
        var random = StreamSeed.Create(seed, regime.Number, "cma-es/start");
        return Around(axes, settings, regime, [.. Enumerable.Range(0, axes.Dimensions).Select(_ => random.NextDouble())]);
    }

    private static SearchState Around(SearchAxes axes, CmaEsSettings settings, Regime regime, double[] centre)
    {
        var mean = new double[axes.Stride];
        centre.CopyTo(mean, 0);
        var gaussian = axes.Dimensions == 0 ? null : Gaussian.Begin(mean, regime.Sigma, Round(axes), settings.AdaptsToNoise);
        return new SearchState(regime, CmaEsSettings.ConstantsFor(axes, regime.Population), gaussian, CategoryModel.Uniform(axes));
    }

    private static Shape Round(SearchAxes axes)
    {
        var variances = new double[axes.Stride];
        variances.AsSpan(0, axes.Dimensions).Fill(1);
        return axes.Dimensions > CmaEsSettings.MostFull ? new DiagonalShape(variances, axes.Dimensions) : FullShape.Diagonal(variances, axes.Dimensions);
    }

    private static List<Observation> BestOf(IReadOnlyList<Observation> trials, ViolationScales scales)
    {
        var ranked = new List<(TrialRank Rank, Observation Trial)>(trials.Count);
        foreach (var trial in trials)
        {
            var rank = TrialRank.Of(trial, scales);
            if (!rank.IsFailed)
            {
                ranked.Add((rank, trial));
            }
        }

        return [.. ranked.OrderBy(each => each.Rank).Take(Math.Max(1, (int)(GoodShare * ranked.Count))).Select(each => each.Trial)];
    }

    private static Gaussian Fit(SearchAxes axes, CmaEsSettings settings, List<Observation> good, double[] mean)
    {
        var matrix = new double[axes.Dimensions * axes.Stride];
        foreach (var trial in good)
        {
            var offset = new double[axes.Stride];
            for (var j = 0; j < axes.Dimensions; j++)
            {
                var unit = trial.Point[axes.Ordered[j]];
                offset[j] = double.IsNaN(unit) ? 0 : unit - mean[j];
            }

            for (var j = 0; j < axes.Dimensions; j++)
            {
                SymmetricEigen.Add(matrix.AsSpan(j * axes.Stride, axes.Stride), offset[j] / good.Count, offset);
            }
        }

        for (var j = 0; j < axes.Dimensions; j++)
        {
            matrix[j * axes.Stride + j] += Prior * Prior;
        }

        Shape shape = axes.Dimensions > CmaEsSettings.MostFull
            ? new DiagonalShape([.. Enumerable.Range(0, axes.Stride).Select(j => j < axes.Dimensions ? matrix[j * axes.Stride + j] : 0)], axes.Dimensions)
            : FullShape.Of(matrix, axes.Dimensions)!;
        var (normal, scale) = shape.Towards(shape, 1, 1)!.Value;
        return Gaussian.Begin(mean, Math.Sqrt(scale), normal, settings.AdaptsToNoise);
    }

    // As often as among the good trials and twice over all values once, so that each keeps a chance.
    private static CategoryModel CategoriesOf(SearchAxes axes, List<Observation> good) =>
        CategoryModel.Of(axes.Categories.Select((count, index) =>
        {
            var counts = Enumerable.Repeat(2.0 / count, count).ToArray();
            foreach (var value in good.Select(trial => axes.CategoryOf(trial, index)).Where(value => value >= 0))
            {
                counts[value]++;
            }

            var sum = counts.Sum();
            return counts.Select(each => each / sum).ToArray();
        }));
}
