using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The completed feasible trials of one objective, as a surface through their noise.</summary>
internal sealed class NoisyView
{
    /// <summary>More trials cost time and tell little of the best: the best of them are kept.</summary>
    public const int MostTrials = 150;

    private NoisyView(IReadOnlyList<Observation> trials, NoisySurface surface, double scale, double centre)
    {
        Trials = trials;
        _surface = surface;
        _scale = scale;
        _centre = centre;
    }

    private readonly NoisySurface _surface;
    private readonly double _scale;
    private readonly double _centre;

    public IReadOnlyList<Observation> Trials { get; }

    /// <summary>The standard deviation of one evaluation.</summary>
    public double Noise => Math.Sqrt(_surface.NoiseVariance) * _scale;

    /// <summary>The view; null with fewer trials than asked for.</summary>
    public static NoisyView? Of(SearchSpace space, IEnumerable<Observation> finished, int atLeast)
    {
        Observation[] usable = [.. finished
            .Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, Losses.Length: 1 } && double.IsFinite(trial.Losses[0]))
            .OrderBy(trial => trial.Losses[0]).ThenBy(trial => trial.Number).Take(MostTrials)];
        if (usable.Length < Math.Max(1, atLeast))
        {
            return null;
        }

        // Far worse than the middle is as good as bad: values are drawn in above the median by three times its distance from the best.
        var (best, median) = (usable[0].Losses[0], usable[usable.Length / 2].Losses[0]);
        var scale = Math.Max(median - best, Math.Max(1e-12 * Math.Abs(best), 1e-300));
        double[] values = [.. usable.Select(trial => Math.Min((trial.Losses[0] - best) / scale, 4))];
        var surface = new NoisySurface([.. usable.Select(trial => trial.Point.ToArray())], values, [.. space.Select(parameter => parameter.IsOrdered)]);
        return new NoisyView(usable, surface, scale, best);
    }

    /// <summary>What is believed of the loss at a point, without the noise of an evaluation.</summary>
    public (double Mean, double Deviation) At(ReadOnlySpan<double> point)
    {
        var (mean, deviation) = _surface.At(point);
        return (_centre + _scale * mean, _scale * deviation);
    }
}
