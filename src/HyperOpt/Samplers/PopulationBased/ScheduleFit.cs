namespace HyperOpt.Samplers.PopulationBased;

/// <summary>Finds the likeliest scales on a grid, by turns along each of its axes, until none is better.</summary>
internal static class ScheduleFit
{
    private const int MaxTurns = 3;

    // Lengths in units of the square root of the number of features.
    private static readonly double[] Lengths = [1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1, 2];
    private static readonly double[] Forgettings = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5];
    private static readonly double[] Noises = [0.01, 0.03, 0.1, 0.3, 1, 3];
    private static readonly int[] Usual = [2, 3, 2];

    /// <summary>The scales for some rows.</summary>
    public static ScheduleScales Of(ScheduleRows rows)
    {
        int[] sizes = [Lengths.Length, Forgettings.Length, Noises.Length];
        int[] best = [.. Usual];
        var value = Value(rows, best);
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var isBetter = false;
            for (var axis = 0; axis < sizes.Length; axis++)
            {
                int[] tried = [.. best];
                for (var at = 0; at < sizes[axis]; at++)
                {
                    tried[axis] = at;
                    if (at != best[axis] && Value(rows, tried) is var found && found > value)
                    {
                        (value, best, isBetter) = (found, [.. tried], true);
                    }
                }
            }

            if (!isBetter)
            {
                break;
            }
        }

        return Scales(rows, best);
    }

    private static ScheduleScales Scales(ScheduleRows rows, int[] at) =>
        new(Lengths[at[0]] * Math.Sqrt(rows.Axes.Count), Forgettings[at[1]], Noises[at[2]]);

    // A weak prior: with few rows the scales are the usual ones.
    private static double Value(ScheduleRows rows, int[] at) =>
        new ScheduleModel(rows, Scales(rows, at), []).Likelihood - at.Zip(Usual, (one, usual) => (one - usual) * (one - usual)).Sum() / 8.0;
}
