using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>What evaluators see of a study.</summary>
/// <param name="Space">The axes.</param>
/// <param name="Points">For each trial a coordinate for each axis; NaN where inactive or not asked for.</param>
/// <param name="Losses">For each trial a finite number of which less is better.</param>
/// <param name="Seed">Of all that is random.</param>
internal sealed record ImportanceData(SearchSpace Space, double[][] Points, double[] Losses, ulong Seed)
{
    /// <summary>The axes on which trials differ; all else can have no importance.</summary>
    public int[] Varied { get; } =
        [.. Enumerable.Range(0, Space.Count).Where(axis => Space[axis].Cardinality != 1 && Points.Select(point => point[axis]).Where(unit => !double.IsNaN(unit)).Distinct().Skip(1).Any())];

    /// <summary>Whether each of some axes has a coordinate in each trial.</summary>
    public bool IsComplete(int[] axes) => !Points.Any(point => axes.Any(axis => double.IsNaN(point[axis])));

    /// <summary>The indices of some axes as those of all; of the others they are 0.</summary>
    public SobolIndices Spread(int[] axes, SobolIndices found)
    {
        double[] Of(double[] values)
        {
            var all = new double[Space.Count];
            for (var i = 0; i < axes.Length; i++)
            {
                all[axes[i]] = values[i];
            }

            return all;
        }

        return found with
        {
            First = Of(found.First),
            FirstErrors = Of(found.FirstErrors),
            Total = Of(found.Total),
            TotalErrors = Of(found.TotalErrors),
            Pairs = found.Pairs.ToDictionary(pair => (axes[pair.Key.Item1], axes[pair.Key.Item2]), pair => pair.Value),
        };
    }
}
