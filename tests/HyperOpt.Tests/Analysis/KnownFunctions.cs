using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Analysis;

/// <summary>Functions whose Sobol indices are known in closed form.</summary>
internal static class KnownFunctions
{
    /// <summary>Ishigami and Homma 1990 with a = 7, b = 0.1, on x in [-π, π]³, over coordinates.</summary>
    public static KnownFunction Ishigami { get; } = OfIshigami(7, 0.1);

    /// <summary>Sobol's g-function ∏ (|4u - 2| + a) / (1 + a) (Saltelli and Sobol 1995).</summary>
    public static KnownFunction G(params double[] a)
    {
        // V_i = 1 / (3 (1 + a_i)²), V = ∏ (1 + V_i) - 1.
        double[] variances = [.. a.Select(each => 1 / (3 * (1 + each) * (1 + each)))];
        var all = variances.Aggregate(1.0, (product, each) => product * (1 + each));
        return new KnownFunction(
            u => u.Select((x, i) => (Math.Abs(4 * x - 2) + a[i]) / (1 + a[i])).Aggregate(1.0, (product, each) => product * each),
            [.. variances.Select(each => each / (all - 1))],
            [.. variances.Select(each => each * all / (1 + each) / (all - 1))],
            all - 1);
    }

    public static FloatParameter[] Axes(int count) => [.. Enumerable.Range(0, count).Select(i => Parameter.Float($"x{i}", 0, 1))];

    /// <summary>A study of a function.</summary>
    public static Study Study(KnownFunction function, int trials, ulong seed, ISampler? sampler = null)
    {
        var axes = Axes(function.First.Length);
        var study = new Study(new StudyOptions { Space = [.. axes], Sampler = sampler ?? new RandomSampler(), Pruner = new NopPruner(), Seed = seed });
        study.Optimize(trial => function.At([.. axes.Select(axis => trial.Suggest(axis))]), trials);
        return study;
    }

    private static KnownFunction OfIshigami(double a, double b)
    {
        var (p4, p8) = (Math.Pow(Math.PI, 4), Math.Pow(Math.PI, 8));
        var (v1, v2, v13) = (0.5 * Math.Pow(1 + b * p4 / 5, 2), a * a / 8, b * b * p8 * (1 / 18.0 - 1 / 50.0));
        var v = v1 + v2 + v13;
        return new KnownFunction(
            u =>
            {
                double[] x = [.. u.Select(each => Math.PI * (2 * each - 1))];
                return Math.Sin(x[0]) + a * Math.Pow(Math.Sin(x[1]), 2) + b * Math.Pow(x[2], 4) * Math.Sin(x[0]);
            },
            [v1 / v, v2 / v, 0],
            [(v1 + v13) / v, v2 / v, v13 / v],
            v);
    }
}

/// <summary>A function of coordinates with its first-order and total indices, and its variance.</summary>
internal sealed record KnownFunction(Func<double[], double> At, double[] First, double[] Total, double Variance);
