namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// Which trials a model keeps when there are too many: the best quarter of the places goes to the best trials, a quarter to the newest, and the rest
/// to trials at equal intervals over the history, which the search itself has spread over the space.
/// </summary>
internal static class RowSelection
{
    /// <summary>Their positions among the data, ascending.</summary>
    /// <param name="data">What the trials say.</param>
    /// <param name="warp">In which terms.</param>
    /// <param name="most">How many.</param>
    public static int[] Best(TrainingData data, OutputWarp warp, int most)
    {
        var count = data.Rows.Count;
        if (count <= most)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var keep = new HashSet<int>(Enumerable.Range(0, count).OrderBy(at => data.In(warp, data.Targets[at]).Z).ThenBy(at => at).Take(most / 4));
        for (var at = count - 1; keep.Count < most / 4 * 2; at--)
        {
            keep.Add(at);
        }

        int[] others = [.. Enumerable.Range(0, count).Where(at => !keep.Contains(at))];
        var places = most - keep.Count;
        for (var place = 0; place < places; place++)
        {
            keep.Add(others[(int)((long)place * others.Length / places)]);
        }

        return [.. keep.Order()];
    }
}
