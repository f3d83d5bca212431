using HyperOpt;

namespace PopulationBased;

/// <summary>The pictures that the program draws.</summary>
internal static class Pictures
{
    private static readonly string[] Colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf", "#ff7f0e"];

    /// <summary>Figure 2 of the paper: the way of θ in each run, one colour a worker, and Q over the steps.</summary>
    public static string OfSurrogate(IReadOnlyList<(string Name, SurrogateRun Run)> runs)
    {
        var charts = runs.Select(run => new Chart($"{run.Name}: θ", (0, 1), (0, 1))
            .Add(OfWorker(run.Run, 0), Colours[0], isLine: false)
            .Add(OfWorker(run.Run, 1), Colours[1], isLine: false)).ToList();
        var quality = new Chart("Q: " + string.Join(", ", runs.Select(run => run.Name)), (0, Surrogate.Steps), (-0.5, 1.2));
        for (var at = 0; at < runs.Count; at++)
        {
            var run = runs[at].Run;
            quality.Add(Enumerable.Range(1, Surrogate.Steps).Select(step => ((double)step, run.CurrentAt(step))), Colours[at]);
        }

        return Chart.Picture(runs.Count + 1, [.. charts, quality]);
    }

    /// <summary>The learning rates that were found, one line a seed; each interval is a constant piece.</summary>
    public static string OfSchedules(IReadOnlyList<PopulationSchedule> schedules)
    {
        var epochs = DigitsComparison.Intervals * DigitsComparison.EpochsOfInterval;
        var rates = new Chart("learning rate over the epochs", (0, epochs), (1e-3, 1)) { IsLog = true };
        var losses = new Chart("validation loss over the epochs", (0, epochs), (0.02, 2)) { IsLog = true };
        for (var seed = 0; seed < schedules.Count; seed++)
        {
            var schedule = schedules[seed];
            rates.Add(schedule.Of(DigitsComparison.Rate).SelectMany((rate, at) => new[] { (EpochAt(at), rate), (EpochAt(at + 1), rate) }), Colours[seed % Colours.Length]);
            losses.Add(schedule.Intervals.Select((interval, at) => (EpochAt(at + 1), interval.Value)), Colours[seed % Colours.Length]);
        }

        return Chart.Picture(2, rates, losses);
    }

    private static double EpochAt(int interval) => interval * DigitsComparison.EpochsOfInterval;

    private static IEnumerable<(double X, double Y)> OfWorker(SurrogateRun run, int worker) => run.Thetas.Where((_, at) => at % 2 == worker);
}
