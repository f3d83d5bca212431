using System.Collections.Immutable;
using System.Globalization;
using HyperOpt.Numerics;
using HyperOpt.Pruners;
using HyperOpt.Samplers;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>
/// Two objectives: the loss after training, and the size of the model, which is known at once. How many steps it takes, with and without pruning, until the hypervolume is
/// a share of what a study of 60 trials without pruning has in the end.
/// </summary>
internal static class PruningFrontTable
{
    public const string Usage = "pruning-front  steps to the same hypervolume of two objectives, with and without pruning: a minute; --seeds 20, --first 101, --percent 100 (of the hypervolume), --risk 5 (in percent)";

    private const int Trials = 60;
    private const int MostTrials = 4 * Trials;

    private static readonly (string Family, string Size)[] Problems =
        [("digits-network", "units"), ("digits-autoencoder", "units"), ("cancer-network", "units"), ("digits-boosting", "depth"), ("cancer-boosting", "depth")];

    public static int Run(string[] arguments)
    {
        int Option(string name, int otherwise) => Array.IndexOf(arguments, "--" + name) is >= 0 and var at ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
        var (seeds, first) = (Option("seeds", 20), Option("first", 101));
        var (share, risk) = (Option("percent", 100) / 100.0, Option("risk", 5) / 100.0);
        Console.WriteLine($"| problem | sampler | steps without | steps with | saved | studies that fell short |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, size) in Problems)
        {
            var table = CurveTable.Read(CurveFamilies.All.Single(family => family.Name == name));
            foreach (var (sampler, create) in PruningContestants.Samplers)
            {
                var (without, with, missed) = (0L, 0L, 0);
                for (var seed = first; seed < first + seeds; seed++)
                {
                    var plain = Trace(table, size, new NopPruner(), create(), (ulong)seed, Trials);
                    var target = share * plain[^1].Volume;
                    var pruned = Trace(table, size, new CurvePruner { Risk = risk }, create(), (ulong)seed, MostTrials);
                    var reached = pruned.FindIndex(at => at.Volume >= target);
                    without += plain.Find(at => at.Volume >= target).Steps;
                    with += pruned[reached < 0 ? ^1 : reached].Steps;
                    missed += reached < 0 ? 1 : 0;
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name}, loss and {size} | {sampler} | {without / seeds} | {with / seeds} | {100 * (1 - (double)with / without):F0} % | {missed} of {seeds} |"));
            }
        }

        return 0;
    }

    // The hypervolume after each trial that completed, and the steps by then.
    private static List<(long Steps, double Volume)> Trace(CurveTable table, string size, IPruner pruner, ISampler sampler, ulong seed, int trials)
    {
        var axes = table.Family.Axes;
        var study = new Study(new StudyOptions
        {
            Space = [.. axes.Select(axis => axis.Parameter)],
            Directions = [Direction.Minimize, Direction.Minimize],
            Sampler = sampler,
            Pruner = pruner,
            Seed = seed,
        });
        var at = axes.Select((axis, index) => (axis, index)).Single(pair => pair.axis.Name == size).index;
        var (steps, front, trace) = (0L, new List<ImmutableArray<double>>(), new List<(long, double)>());
        for (var number = 0; number < trials; number++)
        {
            var trial = study.Ask();
            int[] levels = [.. axes.Select(axis => trial.Suggest(axis.Parameter))];
            var curve = table[table.Family.RowOf(levels)];
            var share = levels[at] / (axes[at].Levels.Length - 1.0);
            var step = 0;
            for (; step < curve.Length && !trial.ShouldPrune; step++, steps++)
            {
                trial.Report(step, curve[step], share);
            }

            if (step < curve.Length)
            {
                study.TellPruned(trial);
                continue;
            }

            study.Tell(trial, curve[^1], share);
            front.Add([table.RankOf(curve[^1]), share]);
            trace.Add((steps, Hypervolume.Of(front, [1.1, 1.1])));
        }

        return trace;
    }
}
