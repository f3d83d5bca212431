using System.Runtime.CompilerServices;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// Keeps discrete dimensions moving. Once the deviation is less than a cell, all draws would have one value; so mean and width are corrected after each update
/// such that other cells keep a chance, which grows only when leaving the cell has paid. And the mean is recombined from centres of cells, where a parent has
/// left the mean's. Hamano et al. 2022, 10.1145/3512290.3528827; Hamano et al. 2025, arXiv:2504.07884.
/// </summary>
internal static class Margin
{
    private const double Tiny = 1e-8;

    /// <summary>Moves the parents that have left the mean's cell to the centres of theirs, and lets the others make up for the shift as far as they can.</summary>
    /// <param name="axes">The space.</param>
    /// <param name="gaussian">The distribution.</param>
    /// <param name="steps">The steps of the trials; changed.</param>
    /// <param name="parents">Which of them are parents.</param>
    /// <returns>By dimension, whether a parent has left the cell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool[] Centre(SearchAxes axes, Gaussian gaussian, double[][] steps, ReadOnlySpan<int> parents)
    {
        var hasMoved = new bool[axes.Dimensions];
        for (var j = 0; j < axes.Dimensions; j++)
        {
            if (axes.IsDiscrete[j])
            {
                hasMoved[j] = Centre(axes, gaussian, steps, parents, j);
            }
        }

        return hasMoved;
    }

    /// <summary>The distribution with all cells within reach.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Gaussian Correct(SearchAxes axes, Gaussian gaussian, bool[] hasMoved)
    {
        if (!axes.HasDiscrete)
        {
            return gaussian;
        }

        var least = 1 - Math.Pow(CategoryModel.Settled, 1.0 / axes.Finite);
        var (mean, widths, mobility) = ((double[])gaussian.Mean.Clone(), (double[])gaussian.Widths.Clone(), (double[])gaussian.Mobility.Clone());
        for (var j = 0; j < axes.Dimensions; j++)
        {
            if (!axes.IsDiscrete[j])
            {
                continue;
            }

            var (low, high) = axes.Cell(j, mean[j]);
            var spread = gaussian.Sigma * Math.Sqrt(gaussian.Shape.Variance(j)); // without the width
            var (down, up) = (Normal.Cdf((low - mean[j]) / (spread * widths[j])), Normal.Cdf((mean[j] - high) / (spread * widths[j])));
            var most = hasMoved[j] ? 1 : mobility[j];
            if (double.IsInfinity(low) || double.IsInfinity(high))
            {
                var edge = double.IsInfinity(low) ? high : low;
                var leave = Math.Clamp(Math.Min(Math.Max(down + up, least), most), Tiny, 0.5 - Tiny);
                var centre = axes.Centre(j, mean[j]);
                widths[j] = Math.Max(widths[j], Math.Abs(centre - edge) / (spread * -Normal.Quantile(least)));
                mean[j] = edge + Math.Sign(centre - edge) * spread * widths[j] * -Normal.Quantile(leave);
                mobility[j] = leave;
                continue;
            }

            var (lower, upper) = Share(Math.Max(down, least / 2), Math.Max(up, least / 2), least, most);
            mobility[j] = lower + upper;
            if (lower == down && upper == up)
            {
                continue; // and nothing is rounded
            }

            (down, up) = (lower, upper);
            var (far, near) = (-Normal.Quantile(down), -Normal.Quantile(up));
            widths[j] = (high - low) / ((far + near) * spread);
            mean[j] = (low * near + high * far) / (far + near);
        }

        return gaussian with { Mean = mean, Widths = widths, Mobility = mobility };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Centre(SearchAxes axes, Gaussian gaussian, double[][] steps, ReadOnlySpan<int> parents, int j)
    {
        var (low, high) = axes.Cell(j, gaussian.Mean[j]);
        var (from, to) = (gaussian.StepTo(j, low), gaussian.StepTo(j, high));
        var centre = gaussian.StepTo(j, axes.Centre(j, gaussian.Mean[j]));
        var (shift, upwards, downwards, hasMoved) = (0.0, 0.0, 0.0, false);
        foreach (var parent in parents)
        {
            var step = steps[parent][j];
            if (step < from || step > to)
            {
                hasMoved = true;
                steps[parent][j] = gaussian.StepTo(j, axes.Centre(j, gaussian.Mean[j] + step * gaussian.Sigma * gaussian.Widths[j]));
                shift += steps[parent][j] - step;
            }
            else
            {
                upwards += Math.Max(0, centre - step);
                downwards += Math.Min(0, centre - step);
            }
        }

        var room = shift > 0 ? downwards : upwards;
        if (shift == 0 || room == 0)
        {
            return hasMoved;
        }

        var part = Math.Min(1, -shift / room);
        foreach (var parent in parents)
        {
            var way = centre - steps[parent][j];
            if (steps[parent][j] >= from && steps[parent][j] <= to && shift * way < 0)
            {
                steps[parent][j] += part * way;
            }
        }

        return hasMoved;
    }

    // Chances of leaving a cell to either side: at least half the margin each, at most so much together.
    private static (double Down, double Up) Share(double down, double up, double least, double most)
    {
        var half = least / 2;
        var spare = down + up - least;
        var allowed = Math.Max(0, Math.Min(most, 1 - Tiny) - least);
        if (spare > allowed)
        {
            (down, up) = (half + (down - half) * allowed / spare, half + (up - half) * allowed / spare);
        }

        return (Math.Min(down, 0.5), Math.Min(up, 0.5));
    }
}
