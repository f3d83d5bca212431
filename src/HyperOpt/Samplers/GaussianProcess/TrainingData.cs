using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>What the first trials of a history say of an output, as values that a warp can be fitted to.</summary>
internal sealed class TrainingData
{
    private readonly ModelOutput _output;
    private readonly CurveForecast _forecast;
    private readonly double _least;
    private readonly double _most;

    /// <param name="history">The trials.</param>
    /// <param name="count">How many of them are learnt from.</param>
    /// <param name="output">What of them.</param>
    public TrainingData(TrialHistory history, int count, ModelOutput output)
    {
        _output = output;
        _forecast = new CurveForecast(history, count, output);
        var (rows, targets) = (new List<int>(), new List<Target>());
        for (var row = 0; row < count; row++)
        {
            if (Read(history, row) is { } target)
            {
                rows.Add(row);
                targets.Add(target);
            }
        }

        double[] measured = [.. targets.Where(target => target.Kind == TargetKind.Measured && double.IsFinite(target.Value)).Select(target => target.Value)];
        (_least, _most) = measured.Length == 0 ? (0, 0) : (measured.Min(), measured.Max());
        (Rows, Targets) = (rows, targets);
        Measured = measured;
    }

    /// <summary>The trials that say something.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>What they say.</summary>
    public IReadOnlyList<Target> Targets { get; }

    /// <summary>The finite values that were measured.</summary>
    public IReadOnlyList<double> Measured { get; }

    /// <summary>What a trial of the history says, also one after those that were learnt from; null if nothing.</summary>
    public Target? Read(TrialHistory history, int row) => _output.Read(history.Finished[row], _forecast);

    /// <summary>
    /// The value in the terms of a warp, and its variance beyond the noise. What failed counts as the worst that was measured, if less surely so; what was
    /// pruned too early to forecast, as the median or where it stood, whichever is worse.
    /// </summary>
    public (double Z, double Variance) In(OutputWarp warp, Target target)
    {
        const double Vague = 0.25;
        var value = target.Kind == TargetKind.Measured
            ? double.IsNegativeInfinity(target.Value) ? _least : target.Value
            : Math.Clamp(target.Value, _least, _most);
        return target.Kind switch
        {
            TargetKind.Failed => (warp.Of(_most), Vague),
            TargetKind.Worse => (Math.Max(0, warp.Of(value)), Vague),
            TargetKind.Forecast => (warp.Of(value), Math.Clamp(Math.Pow(warp.Length(value, target.Spread), 2), 1e-4, 1)),
            _ => (warp.Of(value), 0),
        };
    }
}
