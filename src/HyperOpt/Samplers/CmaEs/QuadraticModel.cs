using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// A quadratic fitted to the latest trials of a search by least squares, in the units of its distribution. One proposal of each generation goes to where it is least
/// within reach: on smooth losses that saves most of the trials, elsewhere it costs a few. After Hansen 2019, 10.1145/3321707.3321842.
/// </summary>
/// <remarks>An instance is the room for a fit of one shape, and is used again for the next: nothing of one fit is seen by another.</remarks>
internal sealed class QuadraticModel
{
    /// <summary>More dimensions than these have squares only: the shape of the distribution makes that nearly enough, and the fit stays cheap.</summary>
    private const int MostMixed = 12;

    /// <summary>Trials for each coefficient: at least, and at most.</summary>
    private const double Least = 1.1;

    private const double Most = 2;

    /// <summary>What the worst trial weighs beside the best.</summary>
    private const double WorstWeight = 0.05;

    /// <summary>A direction is followed if the slope along it is so many standard errors.</summary>
    private const double Significance = 2;

    private readonly int _dimensions;
    private readonly int _width; // of a place
    private readonly bool _isMixed;
    private readonly int _count; // of terms
    private readonly int _stride;
    private readonly double[] _terms; // by rows, the best trial first
    private readonly double[] _weighted;
    private readonly double[] _gram;
    private readonly CholeskyFactor _factor;

    private QuadraticModel(int dimensions, int width, bool isMixed)
    {
        (_dimensions, _width, _isMixed, _count) = (dimensions, width, isMixed, TermsOf(dimensions, isMixed));
        _stride = CholeskyFactor.StrideFor(_count);
        (_terms, _weighted) = (new double[MostOf(_count) * _stride], new double[MostOf(_count) * _stride]);
        (_gram, _factor) = (new double[_stride * _stride], new CholeskyFactor(_count));
    }

    /// <summary>The step to where the model is least; null if there are too few trials for a model.</summary>
    /// <param name="axes">The space.</param>
    /// <param name="state">The search.</param>
    /// <param name="history">The trials.</param>
    /// <param name="spare">The room of a fit before this one, if there is any; in its place comes that of this one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[]? BestStep(SearchAxes axes, SearchState state, TrialHistory history, ref QuadraticModel? spare)
    {
        var (d, gaussian) = (axes.Dimensions, state.Gaussian!);
        var canMix = d <= MostMixed;
        var rows = history.Table.Rows(history.Count).Span;
        var latest = new int[MostOf(TermsOf(d, canMix))];
        var count = 0;
        for (var row = rows.Length - 1; row >= state.FirstRow && count < latest.Length; row--)
        {
            if (rows[row] is { State: TrialState.Completed, IsFeasible: true, Losses: [var loss] } && double.IsFinite(loss))
            {
                latest[count++] = row;
            }
        }

        var isMixed = canMix && count >= Least * TermsOf(d, true);
        if (count < Least * TermsOf(d, isMixed))
        {
            return null;
        }

        count = Math.Min(count, MostOf(TermsOf(d, isMixed)));
        var (losses, places) = (new double[RowProducts.Padded(count)], new double[count * axes.Stride]);
        for (var i = 0; i < count; i++)
        {
            var trial = rows[latest[i]];
            losses[i] = trial.Losses[0];
            gaussian.StepsTo(trial.Point.AsSpan(), axes.Ordered, places.AsSpan(i * axes.Stride, axes.Stride));
        }

        gaussian.Shape.WhitenRows(places);
        var model = spare is not null && spare._dimensions == d && spare._isMixed == isMixed ? spare : new QuadraticModel(d, axes.Stride, isMixed);
        spare = model;
        return model.Minimum(losses, places, count);
    }

    private static int TermsOf(int d, bool isMixed) => isMixed ? 1 + d + d * (d + 1) / 2 : 1 + 2 * d;

    private static int MostOf(int terms) => (int)(Most * terms);

    // Losses from 0, the best, to 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[]? Minimum(double[] losses, double[] places, int count)
    {
        var ranks = Ranks.Ordinal(losses.AsSpan(0, count));
        var sorted = new double[count];
        for (var i = 0; i < count; i++)
        {
            sorted[ranks[i]] = losses[i];
            Spread(places.AsSpan(i * _width, _width), _terms.AsSpan(ranks[i] * _stride, _stride));
        }

        var (low, span) = (sorted[0], sorted[count - 1] - sorted[0]);
        if (!(span > 0) || !double.IsFinite(span))
        {
            return null;
        }

        var weights = new double[count];
        for (var rank = 0; rank < count; rank++)
        {
            sorted[rank] = (sorted[rank] - low) / span;
            weights[rank] = 1 - (1 - WorstWeight) * rank / count;
            RowProducts.Scale(weights[rank], _terms.AsSpan(rank * _stride, _stride), _weighted.AsSpan(rank * _stride, _stride));
        }

        if (Fit(sorted, weights) is not { } coefficients)
        {
            return null;
        }

        var (error, total) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var residual = RowProducts.Dot(_terms.AsSpan(i * _stride, _stride), coefficients) - sorted[i];
            (error, total) = (error + weights[i] * residual * residual, total + weights[i]);
        }

        // Places have variances of about 1: so the standard error of a slope is that of a mean.
        var noise = Math.Sqrt(error / total / Math.Max(1, count - _count));
        var (hessian, gradient) = Derivatives(coefficients);
        return QuadraticBall.Minimum(hessian, gradient, _dimensions, Math.Sqrt(_dimensions), Significance * noise);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[]? Fit(double[] losses, double[] weights)
    {
        RowProducts.OuterProducts(new RowBlock(_gram, 0, _stride), new RowBlock(_weighted, 0, _stride), new RowBlock(_terms, 0, _stride), _count, losses.Length);
        if (!_factor.TryFactor(new RowBlock(_gram, 0, _stride), _count, out _))
        {
            return null;
        }

        var coefficients = new double[_stride];
        for (var i = 0; i < losses.Length; i++)
        {
            SymmetricEigen.Add(coefficients, weights[i] * losses[i], _terms.AsSpan(i * _stride, _stride));
        }

        _factor.Forward(coefficients);
        _factor.Back(coefficients);
        return coefficients;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<double> z, Span<double> terms)
    {
        terms[0] = 1;
        for (var j = 0; j < _dimensions; j++)
        {
            terms[1 + j] = z[j];
            terms[1 + _dimensions + j] = z[j] * z[j];
        }

        var at = 1 + 2 * _dimensions;
        for (var j = 0; _isMixed && j < _dimensions; j++)
        {
            for (var k = 0; k < j; k++)
            {
                terms[at++] = z[j] * z[k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double[] Hessian, double[] Gradient) Derivatives(double[] coefficients)
    {
        var (hessian, gradient) = (new double[_dimensions * _width], new double[_width]);
        coefficients.AsSpan(1, _dimensions).CopyTo(gradient);
        var at = 1 + 2 * _dimensions;
        for (var j = 0; j < _dimensions; j++)
        {
            hessian[j * _width + j] = 2 * coefficients[1 + _dimensions + j];
            for (var k = 0; _isMixed && k < j; k++)
            {
                hessian[j * _width + k] = hessian[k * _width + j] = coefficients[at++];
            }
        }

        return (hessian, gradient);
    }
}
