using System.Globalization;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks.Transfer;

/// <summary>Functions that are dear in a part of their space: what is found for the same money, with and without knowing of it.</summary>
internal static class CostTable
{
    public const string Usage =
        """
              cost [seeds] [budget]
                          functions whose trials are ten times as dear in half of the space: the best loss for the same total cost (150), of TPE and Gaussian process, with and without
                          weighing it, seed by seed (40)
        """;

    private static readonly FloatParameter[] X = [.. Enumerable.Range(0, 3).Select(at => Parameter.Float($"x{at}", 0, 1))];

    private static readonly (string Name, Func<double[], double> Loss, Func<double[], double> Cost)[] Problems =
    [
        ("best where it is cheap", x => Bowl(x, 0.25), x => x[0] < 0.5 ? 1 : 10),
        ("as good in both halves", x => Math.Min(Bowl(x, 0.25), Bowl(x, 0.75)), x => x[0] < 0.5 ? 1 : 10),
        ("best where it is dear", x => Bowl(x, 0.75), x => x[0] < 0.5 ? 1 : 10),
        ("the better the dearer", x => Bowl(x, 0.8), x => Math.Pow(10, x[0])),
    ];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 40;
        var budget = arguments.Length > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 150;
        Console.WriteLine($"{"",-26} {"sampler",-8} {"plain",10} {"weighed",10} {"better",9} {"budget",10} {"better",9}");
        foreach (var (name, loss, cost) in Problems)
        {
            foreach (var sampler in new[] { "tpe", "gp" })
            {
                double[][] runs = [.. Enumerable.Range(0, seeds).Select(seed => new[] { null, TrialCost.Reported, TrialCost.Reported with { Budget = budget } }
                    .Select(weighed => Best(sampler, weighed, loss, cost, (ulong)seed, budget)).ToArray())];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-26} {sampler,-8} {runs.Average(run => run[0]),10:G3} {runs.Average(run => run[1]),10:G3} {Count(runs, 1),9} {runs.Average(run => run[2]),10:G3} {Count(runs, 2),9}"));
            }
        }

        return 0;
    }

    private static string Count(double[][] runs, int at) => $"{runs.Count(run => run[at] < run[0])}:{runs.Count(run => run[at] > run[0])}";

    private static double Bowl(double[] x, double centre) => Math.Pow(x[0] - centre, 2) + Math.Pow(x[1] - 0.4, 2) + Math.Pow(x[2] - 0.6, 2);

    private static double Best(string sampler, TrialCost? weighed, Func<double[], double> loss, Func<double[], double> cost, ulong seed, double budget)
    {
        ISampler chosen = sampler == "tpe" ? new TpeSampler { Cost = weighed } : new GaussianProcessSampler { Cost = weighed };
        var study = new Study(new StudyOptions { Space = [.. X], Sampler = chosen, Seed = seed });
        for (var (used, best) = (0.0, double.PositiveInfinity); ;)
        {
            var trial = study.Ask();
            double[] x = [.. X.Select(trial.Suggest)];
            used += cost(x);
            if (used > budget)
            {
                return best;
            }

            trial.ReportCost(cost(x));
            best = Math.Min(best, loss(x));
            study.Tell(trial, loss(x));
        }
    }
}
