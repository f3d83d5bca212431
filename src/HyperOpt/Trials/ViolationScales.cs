using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HyperOpt.Trials;

/// <summary>
/// How far trials violate their constraints in all: the sum of the positive violations, each in units of its mean over the trials so far, so that constraints of
/// different units weigh alike. NaN is a violation without bound.
/// </summary>
/// <param name="Sums">The sum of the positive finite violations of each constraint.</param>
/// <param name="Counts">How many trials had each.</param>
internal readonly record struct ViolationScales(ImmutableArray<double> Sums, ImmutableArray<int> Counts)
{
    public static ViolationScales None { get; } = new([], []);

    /// <summary>The scales after some trials.</summary>
    public static ViolationScales Of(IReadOnlyList<Observation> trials)
    {
        var length = trials.Count == 0 ? 0 : trials.Max(trial => trial.Violations.Length);
        var (sums, counts) = (new double[length], new int[length]);
        foreach (var trial in trials)
        {
            Add(trial, sums, counts);
        }

        return new ViolationScales(ImmutableCollectionsMarshal.AsImmutableArray(sums), ImmutableCollectionsMarshal.AsImmutableArray(counts));
    }

    /// <summary>These, and a trial more.</summary>
    public ViolationScales With(Observation trial)
    {
        if (trial.Violations.IsEmpty)
        {
            return this;
        }

        var length = Math.Max(Sums.Length, trial.Violations.Length);
        var (sums, counts) = (new double[length], new int[length]);
        Sums.CopyTo(sums);
        Counts.CopyTo(counts);
        Add(trial, sums, counts);
        return new ViolationScales(ImmutableCollectionsMarshal.AsImmutableArray(sums), ImmutableCollectionsMarshal.AsImmutableArray(counts));
    }

    /// <summary>The total violation of one of those trials.</summary>
    public double Total(Observation trial)
    {
        var total = 0.0;
        for (var i = 0; i < trial.Violations.Length; i++)
        {
            var violation = trial.Violations[i];
            total += double.IsNaN(violation) ? double.PositiveInfinity : Math.Max(0, violation) / (Sums[i] > 0 ? Sums[i] / Counts[i] : 1);
        }

        return total;
    }

    private static void Add(Observation trial, double[] sums, int[] counts)
    {
        for (var i = 0; i < trial.Violations.Length; i++)
        {
            sums[i] += double.IsFinite(trial.Violations[i]) ? Math.Max(0, trial.Violations[i]) : 0;
            counts[i]++;
        }
    }
}
