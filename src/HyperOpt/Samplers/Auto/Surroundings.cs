using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Auto;

/// <summary>The best trial and those that differ from it only along ordered axes: the same branch, the same categories.</summary>
internal sealed class Surroundings
{
    /// <summary>An ordered axis of fewer values says nothing of a square, and is held as categories are.</summary>
    private const int LeastLevels = 3;

    private const double LeastSpread = 1e-9;

    private readonly double[][] _points;

    private Surroundings(Observation best, int[] axes, int[] rows, double[][] points, double[] losses, double[] distances)
    {
        (Best, Axes, Rows, Losses, Distances) = (best, axes, rows, losses, distances);
        _points = points;
        Unit = losses.Length == 0 ? 0 : losses.Max() - losses.Min();
    }

    public Observation Best { get; }

    /// <summary>The axes along which they differ.</summary>
    public int[] Axes { get; }

    /// <summary>The places of the trials among the rows of the model.</summary>
    public int[] Rows { get; }

    public double[] Losses { get; }

    /// <summary>How far from the best each is, in the length-scales of the model.</summary>
    public double[] Distances { get; }

    /// <summary>How far apart the losses are.</summary>
    public double Unit { get; }

    /// <summary>Of the trials that a model has seen; null if there is no best one, or if some broke a constraint, of which nothing is known here.</summary>
    public static Surroundings? Of(SearchSpace space, TrialHistory history, Posterior model)
    {
        if (history.Best is not { State: TrialState.Completed, Losses: [var least] } best || !double.IsFinite(least) || history.Finished.Any(trial => !trial.Violations.IsEmpty))
        {
            return null;
        }

        int[] held = [.. Enumerable.Range(0, space.Count).Where(axis => double.IsNaN(best.Point[axis]) || !space[axis].IsOrdered || space[axis].Cardinality < LeastLevels)];
        int[] axes = [.. Enumerable.Range(0, space.Count).Except(held)];
        int[] rows = [.. Enumerable.Range(0, model.Rows.Length).Where(row => IsBeside(history.Finished[model.Rows[row]], best, held, axes))];
        Observation[] trials = [.. rows.Select(row => history.Finished[model.Rows[row]])];
        double[][] points = [.. trials.Select(trial => axes.Select(axis => trial.Point[axis] - best.Point[axis]).ToArray())];
        double[] distances = [.. points.Select(point => Math.Sqrt(axes.Select((axis, j) => Square(point[j] / Math.Min(1, model.Scales.Lengths[axis]))).Sum()))];
        return new Surroundings(best, axes, rows, points, [.. trials.Select(trial => trial.Losses[0])], distances);
    }

    /// <summary>The best trial's coordinates; in the middle where it has none.</summary>
    public double[] Centre => [.. Best.Point.Select(unit => double.IsNaN(unit) ? 0.5 : unit)];

    /// <summary>The weights of the trials, if those within a radius are to count: falling as the inverse square of what Taylor's series of second order leaves out.</summary>
    public double[] Weights(double radius) => [.. Distances.Select(distance => Square(distance / radius)).Select(square => 1 / (1 + square * square * square))];

    /// <summary>How far from the best the trials are along each axis, by their weights.</summary>
    public double[] Spreads(double[] weights)
    {
        var total = weights.Sum();
        return [.. Axes.Select((_, j) => Math.Max(LeastSpread, Math.Sqrt(_points.Select((point, i) => weights[i] * Square(point[j])).Sum() / total)))];
    }

    /// <summary>The trials' places around the best, padded.</summary>
    /// <param name="units">One for each axis.</param>
    public double[][] Places(double[] units) => [.. _points.Select(point =>
    {
        var place = new double[RowProducts.Padded(units.Length)];
        for (var j = 0; j < units.Length; j++)
        {
            place[j] = point[j] / units[j];
        }

        return place;
    })];

    private static double Square(double x) => x * x;

    private static bool IsBeside(Observation trial, Observation best, int[] held, int[] axes) =>
        trial is { State: TrialState.Completed, Losses: [var loss] } && double.IsFinite(loss)
        && held.All(axis => trial.Point[axis].Equals(best.Point[axis])) && !axes.Any(axis => double.IsNaN(trial.Point[axis]));
}
