using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// A quadratic fitted to the latest trials of a search by least squares, in the units of its distribution. One proposal of each generation goes to where it is least
/// within reach: on smooth losses that saves most of the trials, elsewhere it costs a few. After Hansen 2019, 10.1145/3321707.3321842.
/// </summary>
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
    private readonly bool _isMixed;
    private readonly int _terms;
    private readonly int _stride;

    private QuadraticModel(int dimensions, bool isMixed)
    {
        (_dimensions, _isMixed, _terms) = (dimensions, isMixed, TermsOf(dimensions, isMixed));
        _stride = CholeskyFactor.StrideFor(_terms);
    }

    /// <summary>The step to where the model is least; null if there are too few trials for a model.</summary>
    public static double[]? BestStep(SearchAxes axes, SearchState state, TrialHistory history)
    {
        var d = axes.Dimensions;
        var canMix = d <= MostMixed;
        var rows = Latest(axes, state, history, (int)(Most * TermsOf(d, canMix)));
        var model = new QuadraticModel(d, canMix && rows.Count >= Least * TermsOf(d, true));
        return rows.Count < Least * model._terms ? null
            : model.Minimum([.. rows.Take((int)(Most * model._terms)).OrderBy(row => row.Loss)], axes.Stride);
    }

    private static int TermsOf(int d, bool isMixed) => isMixed ? 1 + d + d * (d + 1) / 2 : 1 + 2 * d;

    // Latest first. What a trial leaves open is taken to be the mean.
    private static List<(double Loss, double[] Place)> Latest(SearchAxes axes, SearchState state, TrialHistory history, int most)
    {
        var rows = new List<(double, double[])>(most);
        var finished = history.Finished;
        for (var row = finished.Count - 1; row >= state.FirstRow && rows.Count < most; row--)
        {
            if (finished[row] is { State: TrialState.Completed, IsFeasible: true, Losses: [var loss] } trial && double.IsFinite(loss))
            {
                var step = new double[axes.Stride];
                for (var j = 0; j < axes.Dimensions; j++)
                {
                    var unit = trial.Point[axes.Ordered[j]];
                    step[j] = double.IsNaN(unit) ? 0 : state.Gaussian!.StepTo(j, unit);
                }

                rows.Add((loss, state.Gaussian!.Shape.Whiten(step)));
            }
        }

        return rows;
    }

    // Losses from 0, the best, to 1.
    private double[]? Minimum((double Loss, double[] Place)[] rows, int stride)
    {
        var (low, span) = (rows[0].Loss, rows[^1].Loss - rows[0].Loss);
        if (!(span > 0) || !double.IsFinite(span))
        {
            return null;
        }

        double[] losses = [.. rows.Select(row => (row.Loss - low) / span)];
        double[][] terms = [.. rows.Select(row => TermsAt(row.Place))];
        double[] weights = [.. rows.Select((_, rank) => 1 - (1 - WorstWeight) * rank / rows.Length)];
        if (Fit(terms, losses, weights) is not { } coefficients)
        {
            return null;
        }

        var (error, total) = (0.0, 0.0);
        for (var i = 0; i < losses.Length; i++)
        {
            var residual = RowProducts.Dot(terms[i], coefficients) - losses[i];
            (error, total) = (error + weights[i] * residual * residual, total + weights[i]);
        }

        // Places have variances of about 1: so the standard error of a slope is that of a mean.
        var noise = Math.Sqrt(error / total / Math.Max(1, losses.Length - _terms));
        var (hessian, gradient) = Derivatives(coefficients, stride);
        return QuadraticBall.Minimum(hessian, gradient, _dimensions, Math.Sqrt(_dimensions), Significance * noise);
    }

    private double[]? Fit(double[][] terms, double[] losses, double[] weights)
    {
        var gram = new double[_stride * _stride];
        var coefficients = new double[_stride];
        for (var i = 0; i < losses.Length; i++)
        {
            for (var row = 0; row < _terms; row++)
            {
                var width = RowProducts.Padded(row + 1);
                SymmetricEigen.Add(gram.AsSpan(row * _stride, width), weights[i] * terms[i][row], terms[i].AsSpan(0, width));
            }

            SymmetricEigen.Add(coefficients, weights[i] * losses[i], terms[i]);
        }

        var factor = new CholeskyFactor(_terms);
        if (!factor.TryFactor(new RowBlock(gram, 0, _stride), _terms, out _))
        {
            return null;
        }

        factor.Forward(coefficients);
        factor.Back(coefficients);
        return coefficients;
    }

    private double[] TermsAt(double[] z)
    {
        var terms = new double[_stride];
        terms[0] = 1;
        z.AsSpan(0, _dimensions).CopyTo(terms.AsSpan(1));
        var at = 1 + _dimensions;
        for (var j = 0; j < _dimensions; j++)
        {
            terms[at++] = z[j] * z[j];
        }

        for (var j = 0; _isMixed && j < _dimensions; j++)
        {
            for (var k = 0; k < j; k++)
            {
                terms[at++] = z[j] * z[k];
            }
        }

        return terms;
    }

    private (double[] Hessian, double[] Gradient) Derivatives(double[] coefficients, int stride)
    {
        var (hessian, gradient) = (new double[_dimensions * stride], new double[stride]);
        coefficients.AsSpan(1, _dimensions).CopyTo(gradient);
        var at = 1 + 2 * _dimensions;
        for (var j = 0; j < _dimensions; j++)
        {
            hessian[j * stride + j] = 2 * coefficients[1 + _dimensions + j];
            for (var k = 0; _isMixed && k < j; k++)
            {
                hessian[j * stride + k] = hessian[k * stride + j] = coefficients[at++];
            }
        }

        return (hessian, gradient);
    }
}
