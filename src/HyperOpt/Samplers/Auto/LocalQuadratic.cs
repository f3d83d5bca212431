using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Auto;

/// <summary>
/// A quadratic around the best trial, in its branch and with its categories: what a smooth loss looks like from near by, where it foretells more sharply than a
/// Gaussian process, which must also fit what is far away.
/// </summary>
/// <remarks>A trial weighs less the farther it is from the best, as the rest of Taylor's series has it.</remarks>
internal sealed class LocalQuadratic
{
    private static readonly double Ratio = double.Parse(Environment.GetEnvironmentVariable("H8_RATIO") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly double Reach = double.Parse(Environment.GetEnvironmentVariable("H8_REACH") ?? "1.5", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly double CoreShare = double.Parse(Environment.GetEnvironmentVariable("H8_CORE") ?? "0.25", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Trials for each coefficient, at least.</summary>
    private const double Least = 1.1;

    /// <summary>An axis of fewer values is held, as categories are.</summary>
    private const int LeastLevels = 3;

    private static readonly double[] Reaches = [1.1, 1.6, 2.5];

    private readonly TrialHistory _history;
    private readonly Observation _best;
    private readonly int[] _axes;
    private readonly double[] _spreads;
    private readonly QuadraticFit _fit;
    private readonly double _unit;

    private LocalQuadratic(TrialHistory history, Observation best, int[] axes, double[] spreads, QuadraticFit fit, double unit, int trials, double error)
    {
        (_history, _best, _axes, _spreads, _fit, _unit) = (history, best, axes, spreads, fit, unit);
        (Trials, Error) = (trials, error);
    }

    /// <summary>How many trials it rests on.</summary>
    public int Trials { get; }

    /// <summary>The root of the mean square of what it misses of the best trials if each is left out in turn.</summary>
    public double Error { get; }

    /// <summary>The same of the Gaussian process.</summary>
    public double ErrorOfModel { get; private init; }

    public bool IsBetter => Error < Ratio * ErrorOfModel;

    public static LocalQuadratic? Of(SearchSpace space, TrialHistory history, Posterior model)
    {
        if (history.Best is not { IsFeasible: true, State: TrialState.Completed } best || !double.IsFinite(best.Losses[0]))
        {
            return null;
        }

        int[] held = [.. Enumerable.Range(0, space.Count).Where(axis => double.IsNaN(best.Point[axis]) || !space[axis].IsOrdered || space[axis].Cardinality < LeastLevels)];
        int[] axes = [.. Enumerable.Range(0, space.Count).Except(held)];
        int[] places = [.. Enumerable.Range(0, model.Rows.Length).Where(at => IsOfBranch(history.Finished[model.Rows[at]], best, held))];
        if (axes.Length == 0 || places.Length < Least * QuadraticFit.TermsOf(axes.Length, false))
        {
            return null;
        }

        double[] losses = [.. places.Select(at => history.Finished[model.Rows[at]].Losses[0])];
        var unit = losses.Max() - losses.Min();
        if (!(unit > 0) || !double.IsFinite(unit))
        {
            return null;
        }

        var (foretold, _) = model.LeaveOneOut();
        int[] core = [.. Enumerable.Range(0, places.Length).OrderBy(i => losses[i]).ThenBy(i => i).Take(Math.Max(axes.Length + 2, (int)(CoreShare * places.Length)))];
        var ofModel = Root(core, i => model.Model.Warp.ValueOf(foretold[places[i]]) - losses[i]);

        double[] distances = [.. places.Select(at => Distance(history.Finished[model.Rows[at]], best, axes, model.Scales.Lengths))];
        double[] sorted = [.. distances.Order()];
        LocalQuadratic? found = null;
        foreach (var isMixed in (bool[])[false, true])
        {
            var terms = QuadraticFit.TermsOf(axes.Length, isMixed);
            foreach (var reach in Reaches)
            {
                if (places.Length < reach * terms)
                {
                    continue;
                }

                var radius = Math.Max(1e-9, sorted[Math.Min(places.Length - 1, (int)(reach * terms))]);
                double[] weights = [.. distances.Select(distance => 1 / (1 + Math.Pow(distance / radius, 6)))];
                double[] spreads = [.. axes.Select(axis => Spread(axis, history, model, places, best, weights))];
                double[][] z = [.. places.Select(at => Place(history.Finished[model.Rows[at]], best, axes, spreads))];
                if (QuadraticFit.Of(z, [.. losses.Select(loss => (loss - best.Losses[0]) / unit)], weights, axes.Length, isMixed) is not { } fit)
                {
                    continue;
                }

                var error = Root(core, i => unit * fit.LeftOutResidualAt(i));
                if (found is null || error < found.Error)
                {
                    found = new LocalQuadratic(history, best, axes, spreads, fit, unit, places.Length, error) { ErrorOfModel = ofModel };
                }
            }
        }

        return found;
    }

    /// <summary>The coordinates at which it is least, within reach of the best trial.</summary>
    public (double[] Coordinates, double Loss)? Minimum()
    {
        var (hessian, gradient) = _fit.Derivatives();
        var d = _axes.Length;
        var stride = gradient.Length;
        var radius = Reach * Math.Sqrt(d);
        var isHeld = new bool[d];
        var step = new double[stride];
        for (var round = 0; round <= d; round++)
        {
            var (h, g) = ((double[])hessian.Clone(), (double[])gradient.Clone());
            for (var j = 0; j < d; j++)
            {
                for (var k = 0; k < d; k++)
                {
                    g[j] += isHeld[k] && !isHeld[j] ? hessian[j * stride + k] * step[k] : 0;
                    h[j * stride + k] = isHeld[j] || isHeld[k] ? j == k ? 1 : 0 : h[j * stride + k];
                }
            }

            for (var j = 0; j < d; j++)
            {
                g[j] = isHeld[j] ? 0 : g[j];
            }

            if (QuadraticBall.Minimum(h, g, d, radius, 0) is not { } free)
            {
                return null;
            }

            var isInside = true;
            for (var j = 0; j < d; j++)
            {
                if (isHeld[j])
                {
                    continue;
                }

                var from = _best.Point[_axes[j]];
                var to = from + free[j] * _spreads[j];
                var inside = Math.Clamp(to, 0, 1);
                step[j] = to == inside ? free[j] : (inside - from) / _spreads[j];
                isHeld[j] = to != inside;
                isInside &= to == inside;
            }

            if (isInside)
            {
                break;
            }
        }

        var coordinates = _best.Point.ToArray();
        for (var j = 0; j < d; j++)
        {
            coordinates[_axes[j]] = Math.Clamp(coordinates[_axes[j]] + step[j] * _spreads[j], 0, 1);
        }

        return (coordinates, _best.Losses[0] + _unit * _fit.At(step));
    }

    private static bool IsOfBranch(Observation trial, Observation best, int[] held) =>
        trial is { State: TrialState.Completed, IsFeasible: true, Losses: [var loss] } && double.IsFinite(loss) && held.All(axis => trial.Point[axis].Equals(best.Point[axis]));

    private static double Root(int[] core, Func<int, double> error) => Math.Sqrt(core.Sum(i => error(i) * error(i)) / core.Length);

    private static double Distance(Observation trial, Observation best, int[] axes, double[] lengths)
    {
        var sum = 0.0;
        foreach (var axis in axes)
        {
            var part = (trial.Point[axis] - best.Point[axis]) / Math.Min(1, lengths[axis]);
            sum += part * part;
        }

        return Math.Sqrt(sum);
    }

    private static double Spread(int axis, TrialHistory history, Posterior model, int[] places, Observation best, double[] weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < places.Length; i++)
        {
            var part = history.Finished[model.Rows[places[i]]].Point[axis] - best.Point[axis];
            (sum, total) = (sum + weights[i] * part * part, total + weights[i]);
        }

        return Math.Max(1e-9, Math.Sqrt(sum / total));
    }

    private static double[] Place(Observation trial, Observation best, int[] axes, double[] spreads)
    {
        var place = new double[RowProducts.Padded(axes.Length)];
        for (var j = 0; j < axes.Length; j++)
        {
            place[j] = (trial.Point[axes[j]] - best.Point[axes[j]]) / spreads[j];
        }

        return place;
    }
}
