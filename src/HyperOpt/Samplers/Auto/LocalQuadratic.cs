using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Samplers.Auto;

/// <summary>
/// A quadratic around the best trial, in its branch and with its categories: what a smooth loss looks like from near by. There it can foretell far more sharply than a
/// Gaussian process, which must fit what is far away, too.
/// </summary>
/// <remarks>Leaving out: Allen 1974, 10.1080/00401706.1974.10489157. Going to the minimum of a quadratic within reach: Powell 2009, DAMTP 2009/NA06 (BOBYQA).</remarks>
internal sealed class LocalQuadratic
{
    /// <summary>It must miss the best trials by less than this part of what the Gaussian process does.</summary>
    private const double Sharper = 0.5;

    /// <summary>The best trials are a quarter, but at least two more than there are axes.</summary>
    private const int CorePart = 4;

    /// <summary>Its minimum is sought within so many spreads of its trials, for each axis.</summary>
    private const double Reach = 1.5;

    /// <summary>More axes than these have squares only, that a proposal stays cheap.</summary>
    private const int MostMixed = 20;

    /// <summary>How many trials count, for each coefficient: the choice that foretells best is taken.</summary>
    private static readonly double[] Shares = [1.1, 1.6, 2.5];

    private readonly Surroundings _around;
    private readonly QuadraticFit _fit;
    private readonly double[] _spreads;

    private LocalQuadratic(Surroundings around, QuadraticFit fit, double[] spreads, double error)
    {
        (_around, _fit, _spreads, Error) = (around, fit, spreads, error);
    }

    /// <summary>The root of the mean square of what it misses of the best trials, if each is left out in turn.</summary>
    public double Error { get; }

    /// <summary>A proposal; null if it is not far sharper than the Gaussian process, or its minimum was tried.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known; of one objective.</param>
    /// <param name="model">The Gaussian process.</param>
    public static Proposal? Propose(SearchSpace space, TrialHistory history, Posterior model)
    {
        if (Surroundings.Of(space, history, model) is not { Axes.Length: > 0, Unit: > 0 } around || !double.IsFinite(around.Unit) || around.Rows.Length < Shares[0] * QuadraticFit.TermsOf(around.Axes.Length, false))
        {
            return null;
        }

        int[] core = [.. Enumerable.Range(0, around.Rows.Length).OrderBy(i => around.Losses[i]).ThenBy(i => i).Take(Math.Max(around.Axes.Length + 2, around.Rows.Length / CorePart))];
        var (foretold, _) = model.LeaveOneOut();
        var errorOfModel = Root(core, i => model.Model.Warp.ValueOf(foretold[around.Rows[i]]) - around.Losses[i]);
        var shape = new PointShape(space);
        return double.IsFinite(errorOfModel) && Best(around, core) is { } local && local.Error < Sharper * errorOfModel && local.Minimum() is { } least
            && shape.Of(least.Coordinates) is var point && IsSameBranch(point, shape.Of(around.Centre)) && shape.Holds(point) && Novelty.IsNew(point, history)
            ? new Proposal([.. point])
            {
                Reason = new ProposalReason("minimum of a local quadratic")
                {
                    Model = Invariant($"quadratic of {local._fit.Terms} coefficients around trial {around.Best.Number}, fitted to {around.Rows.Length} trials"),
                    Mean = least.Loss,
                    Spread = local.Error,
                    Choice = Invariant($"local quadratic: with each left out, it misses the {core.Length} best trials by {local.Error:G2}, the Gaussian process by {errorOfModel:G2}"),
                },
            }
            : null;
    }

    // An ordered axis, too, can turn others on and off.
    private static bool IsSameBranch(double[] one, double[] other) => one.Select(double.IsNaN).SequenceEqual(other.Select(double.IsNaN));

    // That which foretells best, with and without products of coordinates, and of more or fewer trials.
    private static LocalQuadratic? Best(Surroundings around, int[] core)
    {
        LocalQuadratic? best = null;
        double[] sorted = [.. around.Distances.Order()];
        double[] losses = [.. around.Losses.Select(loss => (loss - around.Best.Losses[0]) / around.Unit)];
        foreach (var (isMixed, share) in from isMixed in (bool[])[false, true] from share in Shares select (isMixed, share))
        {
            var counted = (int)(share * QuadraticFit.TermsOf(around.Axes.Length, isMixed));
            if (counted >= sorted.Length || !(sorted[counted] > 0) || isMixed && around.Axes.Length > MostMixed)
            {
                continue;
            }

            var weights = around.Weights(sorted[counted]);
            var spreads = around.Spreads(weights);
            if (QuadraticFit.Of(around.Places(spreads), losses, weights, spreads.Length, isMixed) is { } fit
                && Root(core, i => around.Unit * fit.LeftOutResidualAt(i)) is var error && (best is null || error < best.Error))
            {
                best = new LocalQuadratic(around, fit, spreads, error);
            }
        }

        return best;
    }

    private static double Root(int[] core, Func<int, double> error) => Math.Sqrt(core.Sum(i => error(i) * error(i)) / core.Length);

    private (double[] Coordinates, double Loss)? Minimum()
    {
        var best = _around.Best.Point;
        var (hessian, gradient) = _fit.Derivatives();
        double[] lows = [.. _around.Axes.Select((axis, j) => -best[axis] / _spreads[j])];
        double[] highs = [.. _around.Axes.Select((axis, j) => (1 - best[axis]) / _spreads[j])];
        if (QuadraticBox.Minimum(hessian, gradient, Reach * Math.Sqrt(lows.Length), lows, highs) is not { } step)
        {
            return null;
        }

        var coordinates = _around.Centre;
        for (var j = 0; j < lows.Length; j++)
        {
            coordinates[_around.Axes[j]] = Math.Clamp(best[_around.Axes[j]] + step[j] * _spreads[j], 0, 1);
        }

        return (coordinates, _around.Best.Losses[0] + _around.Unit * _fit.At(step));
    }
}
