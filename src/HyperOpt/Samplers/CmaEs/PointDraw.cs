using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>Draws points that lie in the space, break no hard constraint and, where the space is finite, were not tried.</summary>
/// <param name="axes">The space.</param>
/// <param name="state">What is drawn from.</param>
/// <param name="history">What was tried.</param>
/// <param name="random">The chance of this trial.</param>
internal sealed class PointDraw(SearchAxes axes, SearchState state, TrialHistory history, Random random)
{
    /// <summary>So often a draw outside of the space is made again before it is moved to the boundary.</summary>
    private const int BoxDraws = 10;

    /// <summary>How often a draw may turn out to be of no use before any will do.</summary>
    private const int MaxDraws = 200;

    /// <summary>After so many useless draws, each further one is wider by <see cref="Growth"/>.</summary>
    private const int Patience = 10;

    private const double Growth = 1.05;

    private readonly double[] _point = Middle(axes.Space.Count);

    /// <summary>The point for the next trial; null if no draw was of use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[]? Next()
    {
        // The first draw is of a Sobol sequence, so that trials in a row are spread evenly: Teytaud and Gelly 2007, GECCO.
        var seed = StreamSeed.Hash(history.Seed, 0, "cma-es/sobol");
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            Draw(Math.Pow(Growth, Math.Max(0, draw - Patience)), draw == 0 ? seed : null);
            if (IsFit())
            {
                return _point;
            }
        }

        return null;
    }

    /// <summary>The point of a step, with the likeliest values of categorical axes; null if that is of no use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[]? At(ReadOnlySpan<double> whiteStep)
    {
        Place(state.Gaussian!.PointOf(whiteStep));
        for (var index = 0; index < axes.Categorical.Length; index++)
        {
            var chances = state.Categories.Chances(index);
            SetCategory(index, chances.IndexOf(chances.ToArray().Max()));
        }

        return IsFit() ? _point : null;
    }

    /// <summary>The last draw, whatever it is.</summary>
    public double[] Last => _point;

    private static double[] Middle(int count)
    {
        var point = new double[count];
        Array.Fill(point, 0.5);
        return point;
    }

    private bool IsFit() => axes.Space.IsFeasible(_point) && !(axes.Space.IsFinite && history.HasTried(_point));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(double width, ulong? sobol)
    {
        if (state.Gaussian is not null)
        {
            DrawOrdered(width, sobol);
        }

        for (var index = 0; index < axes.Categorical.Length; index++)
        {
            SetCategory(index, state.Categories.ValueAt(index, Uniform(axes.Dimensions + index, sobol), 1 - 1 / width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawOrdered(double width, ulong? sobol)
    {
        var z = new double[axes.Stride];
        for (var draw = 0; draw < BoxDraws; draw++)
        {
            for (var j = 0; j < axes.Dimensions; j++)
            {
                z[j] = width * Normal.Quantile(Math.Max(Uniform(j, draw == 0 ? sobol : null), 1e-300));
            }

            if (Place(state.Gaussian!.PointOf(z)))
            {
                return;
            }
        }
    }

    private double Uniform(int dimension, ulong? sobol) => sobol is { } seed && dimension < SobolSequence.MaxDimensions
        ? SobolSequence.Scrambled(history.Number, dimension, seed)
        : random.NextDouble();

    // Moved to the boundary where it is outside; false if it is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Place(double[] coordinates)
    {
        var isInside = true;
        for (var j = 0; j < axes.Dimensions; j++)
        {
            isInside &= axes.IsDiscrete[j] || coordinates[j] is >= 0 and <= 1;
            _point[axes.Ordered[j]] = Math.Clamp(coordinates[j], 0, 1);
        }

        return isInside;
    }

    private void SetCategory(int index, int value) => _point[axes.Categorical[index]] = (value + 0.5) / axes.Categories[index];
}
