using System.Runtime.CompilerServices;
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
    /// <param name="axes">The space.</param>
    /// <param name="state">The search.</param>
    /// <param name="history">The trials.</param>
    /// <param name="room">Of a fit before this one, if there is any; in its place comes that of this one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[]? BestStep(SearchAxes axes, SearchState state, TrialHistory history, ref QuadraticFit? room)
    {
        var (d, gaussian) = (axes.Dimensions, state.Gaussian!);
        var canMix = d <= MostMixed;
        var rows = history.Table.Rows(history.Count).Span;
        var latest = new int[MostOf(QuadraticFit.TermsOf(d, canMix))];
        var count = Latest(rows, state.FirstRow, latest);
        var isMixed = canMix && count >= Least * QuadraticFit.TermsOf(d, true);
        var terms = QuadraticFit.TermsOf(d, isMixed);
        if (count < Least * terms)
        {
            return null;
        }

        count = Math.Min(count, MostOf(terms));
        var (losses, places) = (new double[RowProducts.Padded(count)], new double[count * axes.Stride]);
        for (var i = 0; i < count; i++)
        {
            var trial = rows[latest[i]];
            losses[i] = trial.Losses[0];
            gaussian.StepsTo(trial.Point.AsSpan(), axes.Ordered, places.AsSpan(i * axes.Stride, axes.Stride));
        }

        gaussian.Shape.WhitenRows(places);
        room = room is not null && room.Dimensions == d && room.IsMixed == isMixed ? room : new QuadraticFit(d, isMixed, MostOf(terms));
        return Minimum(room, losses.AsSpan(0, count), places, axes.Stride);
    }

    // Where the latest results stand; how many there are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Latest(ReadOnlySpan<Observation> rows, int first, int[] latest)
    {
        var count = 0;
        for (var row = rows.Length - 1; row >= first && count < latest.Length; row--)
        {
            if (rows[row] is { State: TrialState.Completed, IsFeasible: true, Losses: [var loss] } && double.IsFinite(loss))
            {
                latest[count++] = row;
            }
        }

        return count;
    }

    private static int MostOf(int terms) => (int)(Most * terms);

    // The best first, its loss 0, that of the worst 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[]? Minimum(QuadraticFit fit, ReadOnlySpan<double> losses, double[] places, int stride)
    {
        var count = losses.Length;
        var ranks = Ranks.Ordinal(losses);
        var sorted = new double[count];
        for (var i = 0; i < count; i++)
        {
            sorted[ranks[i]] = losses[i];
            fit.SetPlace(ranks[i], places.AsSpan(i * stride, stride));
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
        }

        if (!fit.TryFit(sorted, weights))
        {
            return null;
        }

        var (error, total) = (0.0, 0.0);
        for (var rank = 0; rank < count; rank++)
        {
            var residual = fit.ResidualAt(rank);
            (error, total) = (error + weights[rank] * residual * residual, total + weights[rank]);
        }

        // Places have variances of about 1: so the standard error of a slope is that of a mean.
        var noise = Math.Sqrt(error / total / Math.Max(1, count - fit.Terms));
        var (hessian, gradient) = fit.Derivatives();
        return QuadraticBall.Minimum(hessian, gradient, fit.Dimensions, Math.Sqrt(fit.Dimensions), Significance * noise);
    }
}
