using System.Globalization;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Samplers;

namespace HyperOpt.Benchmarks.Transfer;

/// <summary>Studies that begin from another one beside those that begin from nothing: the same seeds, the same trials.</summary>
internal static class TransferTable
{
    public const string Usage =
        """
              transfer [samplers] [seeds] [trials] [pairs]
                          studies that begin from 60 trials of another one (by the same sampler), beside cold ones, seed by seed: mean scores after a quarter, a half and all of the trials (40), and in
                          how many seeds (40) which was better. Samplers as in quality: tpe,gp. Pairs: names that contain the text.
        """;

    private const int SourceTrials = 60;

    private static readonly (string Name, Func<TransferTask> Source, Func<TransferTask> Target)[] Pairs =
    [
        ("sphere, moved by 0.1", () => TransferTask.Sphere([0.3, 0.7, 0.4, 0.6], 1), () => TransferTask.Sphere([0.4, 0.6, 0.5, 0.5], 100)),
        ("valley, moved by 0.1", () => TransferTask.Valley([0, 0, 0], 1), () => TransferTask.Valley([0.1, -0.1, 0.1], 0.01)),
        ("cancer-logistic to digits-softmax", () => TransferTask.Of("cancer-logistic"), () => TransferTask.Of("digits-softmax")),
        ("digits-softmax to cancer-logistic", () => TransferTask.Of("digits-softmax"), () => TransferTask.Of("cancer-logistic")),
        ("cancer-network to digits-network", () => TransferTask.Of("cancer-network"), () => TransferTask.Of("digits-network")),
        ("digits-network to cancer-network", () => TransferTask.Of("digits-network"), () => TransferTask.Of("cancer-network")),
        ("cancer-boosting to digits-boosting", () => TransferTask.Of("cancer-boosting"), () => TransferTask.Of("digits-boosting")),
        ("digits-boosting to cancer-boosting", () => TransferTask.Of("digits-boosting"), () => TransferTask.Of("cancer-boosting")),
        ("unrelated: sphere, optimum elsewhere", () => TransferTask.Sphere([0.1, 0.9, 0.1, 0.9], 1), () => TransferTask.Sphere([0.7, 0.3, 0.8, 0.2], 1)),
        ("unrelated: sphere, reversed", () => TransferTask.Sphere([0.6, 0.4, 0.6, 0.4], 1, -1), () => TransferTask.Sphere([0.6, 0.4, 0.6, 0.4], 1)),
        ("another model: cancer-network to digits-softmax", () => TransferTask.Of("cancer-network"), () => TransferTask.Of("digits-softmax")),
    ];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var samplers = (arguments.Length > 0 ? arguments[0] : "tpe,gp").Split(',');
        var seeds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 40;
        var trials = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 40;
        var filter = arguments.Length > 3 ? arguments[3] : "";
        int[] budgets = [trials / 4, trials / 2, trials];
        Console.WriteLine($"{"",-46} {"sampler",-8} {string.Join(" ", budgets.Select(budget => $"{$"cold {budget}",10} {$"warm {budget}",10} {"better",9}"))}");
        foreach (var (name, source, target) in Pairs.Where(pair => pair.Name.Contains(filter, StringComparison.Ordinal)))
        {
            foreach (var sampler in samplers)
            {
                var (from, to) = (source(), target());
                var runs = Enumerable.Range(0, seeds).Select(seed => Pair(sampler, from, to, (ulong)seed, budgets)).ToArray();
                Console.WriteLine($"{name,-46} {sampler,-8} " + string.Join(" ", budgets.Select((_, at) => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{runs.Average(run => run.Cold[at]),10:G3} {runs.Average(run => run.Warm[at]),10:G3} {$"{runs.Count(run => run.Warm[at] < run.Cold[at])}:{runs.Count(run => run.Warm[at] > run.Cold[at])}",9}"))));
            }
        }

        return 0;
    }

    private static (double[] Cold, double[] Warm) Pair(string sampler, TransferTask from, TransferTask to, ulong seed, int[] budgets)
    {
        var source = new Study(new StudyOptions { Name = "source", Space = from.Space, Sampler = SamplerRegistry.Create(sampler), Seed = seed + 1000 });
        source.Optimize(from.Loss, SourceTrials);
        return (Scores([]), Scores([source]));

        double[] Scores(IStudy[] sources)
        {
            var study = new Study(new StudyOptions { Space = to.Space, Sampler = SamplerRegistry.Create(sampler), Seed = seed, WarmStart = [.. sources] });
            study.Optimize(to.Loss, budgets[^1]);
            return [.. budgets.Select(budget => to.Score(study.Trials.Take(budget).Min(trial => trial.Value)))];
        }
    }
}
