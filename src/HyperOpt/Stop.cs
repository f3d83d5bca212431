using HyperOpt.Engine;
using static System.FormattableString;

namespace HyperOpt;

/// <summary>Rules that end a run; they compose with <see cref="Or"/> and <see cref="And"/>.</summary>
public static class Stop
{
    /// <summary>Ends the run when a finite space has been tried in full. A run also ends when its sampler has nothing left to propose.</summary>
    public static IStopRule WhenExhausted { get; } = When(status => status.IsSpaceExhausted ? "every configuration has been tried" : null);

    /// <summary>Ends the run once it has begun this many trials.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static IStopRule AfterTrials(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        return When(status => status.Started >= trials ? Invariant($"{trials} trials have begun") : null);
    }

    /// <summary>Begins no trial after this time; those under way go on to their end. Compare <see cref="RunOptions.Timeout"/>, which tells them to stop.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static IStopRule AfterTime(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return When(status => status.Elapsed >= time ? Invariant($"{time} have passed") : null);
    }

    /// <summary>Ends the run when the best value is as good as the target, or better. For one objective.</summary>
    /// <exception cref="ArgumentException">The target is NaN.</exception>
    public static IStopRule WhenReached(double target)
    {
        if (double.IsNaN(target))
        {
            throw new ArgumentException("A target must be a number, but it is NaN. Give the value that is good enough.", nameof(target));
        }

        return When(status => OneObjective(status, nameof(WhenReached)).Best is { } best && IsAsGood(best.Value, target, status)
            ? Invariant($"trial {best.Number} reached {best.Value}, the target being {target}")
            : null);
    }

    /// <summary>Ends the run when this many ended trials in a row were no better than the best before them. For one objective.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static IStopRule WhenNoImprovement(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return When(status => OneObjective(status, nameof(WhenNoImprovement)).SinceBest >= trials ? Invariant($"the best has stood for {status.SinceBest} trials") : null);
    }

    /// <summary>
    /// Ends the run once the ended trials of the study have made this many reports together: a budget of compute where a report is a step of training, and pruned trials
    /// make fewer. Trials under way go on to their end.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static IStopRule AfterReports(long reports)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reports);
        return When(status => status.Reports >= reports ? Invariant($"{status.Reports} reports have been made, the budget being {reports}") : null);
    }

    /// <summary>
    /// Ends the run when a bound on the regret, how much better than what was found anything could be, is below a limit: the search is not worth going on with.
    /// For one objective.
    /// </summary>
    /// <remarks>
    /// A Gaussian process through the best half of the completed feasible trials (at least 20, at most 150) gives each point an interval of ±√β deviations, β = 2/5·ln(d·n²·π²/(6·0.1)) with n
    /// trials of d parameters. The bound is the least upper end among the trials less the least lower end anywhere, of which 1,000 random points and those around the best are looked at, so it
    /// is the bound of the paper from below. It costs a fraction of a second a trial. Source: Makarova et al. 2022, arXiv:2104.08166.
    /// </remarks>
    /// <param name="limit">In the unit of the values; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static IStopRule WhenRegretBelow(double limit)
    {
        if (!(limit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "limit > 0 must hold: no bound comes to 0. Give the improvement that is not worth waiting for.");
        }

        return When(status => OneObjective(status, nameof(WhenRegretBelow)).History is { } history && RegretBound.Of(history) is { } bound && bound < limit
            ? Invariant($"nothing can be expected to be better by more than {bound:G3}, the limit being {limit}")
            : null);
    }

    /// <summary>A rule of one's own.</summary>
    /// <param name="reason">Why to end the run now, in words; null to go on.</param>
    public static IStopRule When(Func<RunStatus, string?> reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new Rule(reason);
    }

    /// <summary>Ends the run when either rule does.</summary>
    public static IStopRule Or(this IStopRule rule, IStopRule other)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(other);
        return When(status => rule.ReasonToStop(status) ?? other.ReasonToStop(status));
    }

    /// <summary>Ends the run when both rules would at once.</summary>
    public static IStopRule And(this IStopRule rule, IStopRule other)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(other);
        return When(status => rule.ReasonToStop(status) is { } one && other.ReasonToStop(status) is { } two ? $"{one}, and {two}" : null);
    }

    private static bool IsAsGood(double value, double target, RunStatus status) =>
        status.Directions[0] == Direction.Minimize ? value <= target : value >= target;

    private static RunStatus OneObjective(RunStatus status, string rule) =>
        status.Directions.Length == 1
            ? status
            : throw new InvalidOperationException(
                $"Stop.{rule} judges one objective, but the study has {status.Directions.Length}. Use Stop.When with a rule of your own.");

    private sealed class Rule(Func<RunStatus, string?> reason) : IStopRule
    {
        public string? ReasonToStop(RunStatus status) => reason(status);
    }
}
