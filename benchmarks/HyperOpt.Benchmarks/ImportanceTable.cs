using System.Diagnostics;
using System.Globalization;
using HyperOpt.Analysis;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks;

/// <summary>
/// How far evaluators of importance are from closed forms, and what they cost: the largest error of a first-order index, its mean over seeds, and milliseconds of the
/// processor. Ishigami's function and Sobol's g-functions, sampled at random or by TPE. The peer is benchmarks/peers/optuna_importance.py.
/// </summary>
internal static class ImportanceTable
{
    public const string Usage =
        """
              importance [sampler] [seeds]
                          errors of Sobol indices at 100, 300 and 1,000 trials, and milliseconds, by evaluator; sampler random (default) or tpe.
                          Beside it: benchmarks/peers/optuna_importance.py accuracy, and speed
        """;

    private static readonly ImportanceEvaluator[] Evaluators = [new GaussianProcessImportance(), new ForestImportance(), new ImpurityImportance(), new PedAnovaImportance()];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var isTpe = arguments.Length > 0 && arguments[0] == "tpe";
        var seeds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 3;
        (string Name, int Axes, Func<double[], double> At, double[] First)[] functions =
        [
            ("Ishigami", 3, Ishigami, [0.3139, 0.4424, 0]), G("g of 3", 1, 2, 3), G("g of 8", 0, 1, 4.5, 9, 99, 99, 99, 99), G("g of 10", 0, 0.5, 1, 2, 4.5, 9, 99, 99, 99, 99),
        ];
        Console.WriteLine($"{"function",-10}{"trials",8}{string.Concat(Evaluators.Select(evaluator => $"{evaluator.GetType().Name.Replace("Importance", "", StringComparison.Ordinal),16}    ms"))}");
        foreach (var (name, axes, at, first) in functions)
        {
            foreach (var trials in new[] { 100, 300, 1000 })
            {
                var (errors, times) = (new double[Evaluators.Length], Enumerable.Repeat(double.PositiveInfinity, Evaluators.Length).ToArray());
                for (var seed = 0; seed < seeds; seed++)
                {
                    FloatParameter[] parameters = [.. Enumerable.Range(0, axes).Select(i => Parameter.Float($"x{i}", 0, 1))];
                    using var study = new Study(new StudyOptions
                    {
                        Space = [.. parameters],
                        Sampler = isTpe ? new TpeSampler() : new RandomSampler(),
                        Pruner = new NopPruner(),
                        Seed = (ulong)seed,
                    });
                    study.Optimize(trial => at([.. parameters.Select(parameter => trial.Suggest(parameter))]), trials);
                    for (var i = 0; i < Evaluators.Length; i++)
                    {
                        var begun = Environment.CpuUsage.UserTime;
                        var report = study.Importance(new ImportanceOptions { Evaluator = Evaluators[i] });
                        times[i] = Math.Min(times[i], (Environment.CpuUsage.UserTime - begun).TotalMilliseconds);
                        errors[i] += parameters.Select((parameter, axis) => Math.Abs(report.Of(parameter).First - first[axis])).Max() / seeds;
                    }
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10}{trials,8}{string.Concat(errors.Zip(times, (error, ms) => FormattableString.Invariant($"{error,16:F4}{ms,6:F0}")))}"));
            }
        }

        return 0;
    }

    private static double Ishigami(double[] u)
    {
        double[] x = [.. u.Select(each => Math.PI * (2 * each - 1))];
        return Math.Sin(x[0]) + 7 * Math.Pow(Math.Sin(x[1]), 2) + 0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]);
    }

    private static (string Name, int Axes, Func<double[], double> At, double[] First) G(string name, params double[] a)
    {
        double[] variances = [.. a.Select(each => 1 / (3 * (1 + each) * (1 + each)))];
        var all = variances.Aggregate(1.0, (product, each) => product * (1 + each)) - 1;
        return (name, a.Length, u => u.Select((x, i) => (Math.Abs(4 * x - 2) + a[i]) / (1 + a[i])).Aggregate(1.0, (product, each) => product * each), [.. variances.Select(each => each / all)]);
    }
}
