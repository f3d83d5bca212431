using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>The mean positive part of each constraint over the trials so far, so that constraints of different units weigh alike.</summary>
internal sealed class ViolationScales
{
    private double[] _sums = [];
    private int[] _counts = [];

    public void Add(Observation trial)
    {
        var constraints = trial.Violations.Length;
        if (constraints > _sums.Length)
        {
            Array.Resize(ref _sums, constraints);
            Array.Resize(ref _counts, constraints);
        }

        for (var i = 0; i < constraints; i++)
        {
            _sums[i] += double.IsFinite(trial.Violations[i]) ? Math.Max(0, trial.Violations[i]) : 0;
            _counts[i]++;
        }
    }

    public double[] Values => [.. _sums.Zip(_counts, (sum, count) => sum > 0 ? sum / count : 1)];
}
