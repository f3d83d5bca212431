using System.Runtime.CompilerServices;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Gives up a trial that reports NaN, or a value outside of fixed bounds: one that has diverged, or that cannot be worth its time. A report
/// on a bound is within it.
/// </summary>
/// <remarks>
/// <para>A pruner sees losses, whatever the study's direction, so a bare "lower" would mean the opposite in a study that maximizes. Hence
/// each bound names what it bounds, in the user's own numbers: in a study that minimizes set <see cref="MinLoss"/> and <see
/// cref="MaxLoss"/>, in one that maximizes <see cref="MinScore"/> and <see cref="MaxScore"/>. Not both kinds. Without a bound it gives up
/// NaN alone.</para>
/// <para>The report of the largest step is judged. Other trials do not matter. Source: Akiba et al. 2019, 10.1145/3292500.3330701.</para>
/// </remarks>
public sealed record ThresholdPruner : IPruner
{
    private readonly Bounds _bounds = new(double.NegativeInfinity, double.PositiveInfinity, null);

    /// <summary>In a study that minimizes: the greatest value that lets a trial go on. Infinity by default.</summary>
    /// <exception cref="ArgumentException">NaN, or less than <see cref="MinLoss"/>.</exception>
    /// <exception cref="InvalidOperationException">A score is bounded already.</exception>
    public double MaxLoss { get => _bounds.High; init => _bounds = Checked(_bounds with { High = value }, false); }

    /// <summary>In a study that minimizes: the least value that is believed. Negative infinity by default.</summary>
    /// <exception cref="ArgumentException">NaN, or more than <see cref="MaxLoss"/>.</exception>
    /// <exception cref="InvalidOperationException">A score is bounded already.</exception>
    public double MinLoss { get => _bounds.Low; init => _bounds = Checked(_bounds with { Low = value }, false); }

    /// <summary>In a study that maximizes: the least value that lets a trial go on. Negative infinity by default.</summary>
    /// <exception cref="ArgumentException">NaN, or more than <see cref="MaxScore"/>.</exception>
    /// <exception cref="InvalidOperationException">A loss is bounded already.</exception>
    public double MinScore { get => -_bounds.High; init => _bounds = Checked(_bounds with { High = -value }, true); }

    /// <summary>In a study that maximizes: the greatest value that is believed. Infinity by default.</summary>
    /// <exception cref="ArgumentException">NaN, or less than <see cref="MinScore"/>.</exception>
    /// <exception cref="InvalidOperationException">A loss is bounded already.</exception>
    public double MaxScore { get => -_bounds.Low; init => _bounds = Checked(_bounds with { Low = -value }, true); }

    /// <inheritdoc cref="PercentilePruner.WarmupSteps"/>
    public int WarmupSteps { get; init => field = Setting.AtLeast(0, value); }

    /// <inheritdoc cref="PercentilePruner.IntervalSteps"/>
    public int IntervalSteps { get; init => field = Setting.AtLeast(1, value); } = 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(ThresholdPruner));
        if (!PruningSchedule.IsDue(trial.Curve, WarmupSteps, IntervalSteps, out var latest) || _bounds.Hold(trial.Curve.Loss(latest)))
        {
            return null;
        }

        var loss = trial.Curve.Loss(latest);
        return Verdict.At(
            nameof(ThresholdPruner),
            trial.Curve.Steps[latest],
            double.IsNaN(loss) ? "it reported NaN" : Invariant($"its loss, {loss:G6}, is outside of [{_bounds.Low:G6}, {_bounds.High:G6}]"),
            ("loss", loss), ("low", _bounds.Low), ("high", _bounds.High));
    }

    private static Bounds Checked(Bounds bounds, bool areScores, [CallerMemberName] string name = "")
    {
        if (bounds.AreScores == !areScores)
        {
            throw new InvalidOperationException(
                $"A study minimizes losses or maximizes scores, but {name} was set beside a bound of the other kind. "
                + "Set MinLoss and MaxLoss, or MinScore and MaxScore.");
        }

        var (kind, low, high) = areScores ? ("Score", -bounds.High, -bounds.Low) : ("Loss", bounds.Low, bounds.High);
        return low <= high
            ? bounds with { AreScores = areScores }
            : throw new ArgumentException(
                Invariant($"Min{kind} <= Max{kind} must hold, but got Min{kind}={low}, Max{kind}={high}. Correct one."), name);
    }

    // Bounds of losses. AreScores is null while nothing is bounded.
    private sealed record Bounds(double Low, double High, bool? AreScores)
    {
        public bool Hold(double loss) => loss >= Low && loss <= High; // false for NaN
    }
}
