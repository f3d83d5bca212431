using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// A quadratic fitted to the latest trials of a search by least squares, in the units of its distribution. One proposal of each generation goes to where it is least
/// within reach: on smooth losses that saves most of the trials, elsewhere it costs a few. After Hansen 2019, 10.1145/3321707.3321842.
/// </summary>
internal static class QuadraticModel
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

    /// <summary>The step to where the model is least; null if there are too few trials for a model.</summary>
    public static double[]? BestStep(SearchAxes axes, SearchState state, TrialHistory history)
    {
        var d = axes.Dimensions;
        var canMix = d <= MostMixed;
        var rows = Latest(axes, state, history, (int)(Most * QuadraticFit.TermsOf(d, canMix)));
        var isMixed = canMix && rows.Count >= Least * QuadraticFit.TermsOf(d, true);
        var terms = QuadraticFit.TermsOf(d, isMixed);
        return rows.Count < Least * terms ? null : Minimum([.. rows.Take((int)(Most * terms)).OrderBy(row => row.Loss)], d, isMixed);
    }

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
    private static double[]? Minimum((double Loss, double[] Place)[] rows, int d, bool isMixed)
    {
        var (low, span) = (rows[0].Loss, rows[^1].Loss - rows[0].Loss);
        if (!(span > 0) || !double.IsFinite(span))
        {
            return null;
        }

        double[] losses = [.. rows.Select(row => (row.Loss - low) / span)];
        double[] weights = [.. rows.Select((_, rank) => 1 - (1 - WorstWeight) * rank / rows.Length)];
        if (QuadraticFit.Of([.. rows.Select(row => row.Place)], losses, weights, d, isMixed) is not { } fit)
        {
            return null;
        }

        var (error, total) = (0.0, 0.0);
        for (var i = 0; i < losses.Length; i++)
        {
            var residual = fit.ResidualAt(i);
            (error, total) = (error + weights[i] * residual * residual, total + weights[i]);
        }

        // Places have variances of about 1: so the standard error of a slope is that of a mean.
        var noise = Math.Sqrt(error / total / Math.Max(1, losses.Length - fit.Terms));
        var (hessian, gradient) = fit.Derivatives();
        return QuadraticBall.Minimum(hessian, gradient, d, Math.Sqrt(d), Significance * noise);
    }
}
