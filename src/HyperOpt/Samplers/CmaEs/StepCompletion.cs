using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// The step that a trial stands for. What the trial leaves open (where in its cell a discrete coordinate lay, and all of an inactive one) is drawn from the
/// distribution, given the rest: so it moves nothing on average. For a trial that was drawn from this distribution the law of its step is the one it was drawn by.
/// </summary>
internal static class StepCompletion
{
    /// <summary>Draws of each open coordinate given the others: Gibbs sampling, which is exact at once if there is only one.</summary>
    private const int Sweeps = 2;

    /// <summary>The step, not longer than steps may be.</summary>
    /// <param name="axes">The space.</param>
    /// <param name="gaussian">The distribution.</param>
    /// <param name="constants">How long steps may be.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="seed">The study's.</param>
    /// <param name="isShortened">Whether a step that is longer is shortened.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] StepOf(SearchAxes axes, Gaussian gaussian, StrategyConstants constants, Observation trial, ulong seed, bool isShortened = true)
    {
        var step = new double[axes.Stride];
        var open = new List<(int Dimension, double Low, double High)>();
        for (var j = 0; j < axes.Dimensions; j++)
        {
            var unit = trial.Point[axes.Ordered[j]];
            if (double.IsNaN(unit))
            {
                open.Add((j, double.NegativeInfinity, double.PositiveInfinity));
            }
            else if (axes.IsDiscrete[j])
            {
                var (low, high) = axes.Cell(j, unit);
                open.Add((j, gaussian.StepTo(j, low), gaussian.StepTo(j, high)));
                step[j] = Math.Clamp(0, open[^1].Low, open[^1].High);
            }
            else
            {
                step[j] = gaussian.StepTo(j, unit);
            }
        }

        if (open.Count > 0)
        {
            Draw(gaussian, step, open, StreamSeed.Create(seed, trial.Number, "cma-es/step"));
        }

        return isShortened ? Shorten(gaussian.Shape, step, constants.LongestStep) : step;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(Gaussian gaussian, double[] step, List<(int Dimension, double Low, double High)> open, Xoshiro256StarStar random)
    {
        for (var sweep = 0; sweep < (open.Count == 1 ? 1 : Sweeps); sweep++)
        {
            foreach (var (dimension, low, high) in open)
            {
                var (mean, variance) = gaussian.Shape.Given(dimension, step);
                var deviation = Math.Sqrt(variance);
                step[dimension] = Math.Clamp(mean + deviation * Normal.Truncated((low - mean) / deviation, (high - mean) / deviation, random.NextDouble()), low, high);
            }
        }
    }

    // Hansen 2011, arXiv:1110.4181: what others proposed must not throw the distribution.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Shorten(Shape shape, double[] step, double longest)
    {
        var white = shape.Whiten(step);
        var length = Math.Sqrt(RowProducts.Dot(white, white));
        if (length > longest)
        {
            for (var j = 0; j < step.Length; j++)
            {
                step[j] *= longest / length;
            }
        }

        return step;
    }
}
