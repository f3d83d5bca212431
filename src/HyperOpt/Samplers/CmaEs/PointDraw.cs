using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>Draws a point that lies in the space, breaks no hard constraint and, where the space is finite, was not tried.</summary>
internal static class PointDraw
{
    /// <summary>So often a draw outside of the space is made again before it is moved to the boundary.</summary>
    private const int BoxDraws = 10;

    /// <summary>How often a draw may turn out to be of no use before any will do.</summary>
    private const int MaxDraws = 200;

    /// <summary>After so many useless draws, each further one is wider by <see cref="Growth"/>.</summary>
    private const int Patience = 10;

    private const double Growth = 1.05;

    /// <summary>A point for the next trial, and whether it is of use.</summary>
    public static (double[] Point, bool IsFit) Of(SearchAxes axes, SearchState state, TrialHistory history, Random random)
    {
        var space = axes.Space;
        var point = new double[space.Count];
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var width = Math.Pow(Growth, Math.Max(0, draw - Patience));
            Draw(axes, state, point, width, random);
            if (space.IsFeasible(point) && !(space.IsFinite && history.HasTried(point)))
            {
                return (point, true);
            }
        }

        return (point, false);
    }

    private static void Draw(SearchAxes axes, SearchState state, double[] point, double width, Random random)
    {
        point.AsSpan().Fill(0.5);
        if (state.Gaussian is { } gaussian)
        {
            DrawOrdered(axes, gaussian, point, width, random);
        }

        for (var index = 0; index < axes.Categorical.Length; index++)
        {
            var value = state.Categories.ValueAt(index, random.NextDouble(), 1 - 1 / width);
            point[axes.Categorical[index]] = (value + 0.5) / axes.Categories[index];
        }
    }

    private static void DrawOrdered(SearchAxes axes, Gaussian gaussian, double[] point, double width, Random random)
    {
        var z = new double[axes.Stride];
        var inside = false;
        for (var draw = 0; draw < BoxDraws && !inside; draw++)
        {
            for (var j = 0; j < axes.Dimensions; j++)
            {
                z[j] = width * Normal.Quantile(Math.Max(random.NextDouble(), 1e-300));
            }

            var drawn = gaussian.PointOf(z);
            inside = true;
            for (var j = 0; j < axes.Dimensions; j++)
            {
                inside &= axes.IsDiscrete[j] || drawn[j] is >= 0 and <= 1;
                point[axes.Ordered[j]] = Math.Clamp(drawn[j], 0, 1);
            }
        }
    }
}
