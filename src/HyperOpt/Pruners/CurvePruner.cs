using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Gives up a trial when hardly any of those that look as bad at this step would win: it forecasts final losses from those at the step, by what became
/// of the trials that completed, and lets go the tail of the trials that together hold less than <see cref="Risk"/> of the chances to win. With one
/// objective to win is to beat the best completed trial; with several, not to be dominated by any; with constraints, to end within them as well.
/// </summary>
/// <remarks>
/// <para>
/// The forecast is a Bayesian line from the loss at the step to the final loss (Student's t), fitted to the completed trials. That only promising trials
/// complete does not bias it: they are selected by what the line starts from. Where early losses tell little, the noise that it finds keeps nearly
/// all trials going; where they tell much, most stop at the first report; where curves cross, a line that falls keeps those that look bad.
/// </para>
/// <para>
/// Let w be the forecast chance to win, for the trial and for every finished trial that reported the step, the given up ones too. The trial is given up if those
/// with a chance of at most its own hold together less than Risk of the sum of all w. So of the trials that come to a step and would win, at most that share
/// is expected to be lost there. It is a share of winners, not of trials: with a fixed chance to win as the limit, everything would be given up once the best is
/// hard to beat.
/// </para>
/// <para>
/// Steps are compared with equal steps of other trials. NaN is given up; infinite losses are far off. Before <see cref="StartupTrials"/> trials completed, and
/// while none of them is feasible, nobody is given up. Cost: linear in the trials that reported the step, of which the 500 latest count.
/// </para>
/// <para>
/// Where completed trials have set constraints, whether a trial will end within them is forecast too: a line for each constraint, from the losses at the step to the
/// final violation; what a trial has set on its way counts only if <see cref="ConstraintsAreFinal"/>. So a trial is given up as well if what it reports foretells that it
/// will be infeasible, and one that looks worse is kept where those that look better break a constraint. Constraints that have nothing to do with
/// what is reported cannot be foretold, and change nothing.
/// </para>
/// <para>
/// With several objectives each has its forecast, taken as independent; the chance not to be dominated is exact for two, and for more the upper bound by
/// the completed trial that most likely dominates. In the spirit of Domhan et al. 2015 (IJCAI; extrapolated curves, and a limit on the chance to win) and Swersky
/// et al. 2014 (arXiv:1406.3896); the rule of the tail is this library's own. Measured in docs/pruners.md.
/// </para>
/// </remarks>
public sealed record CurvePruner : IPruner
{
    private const int MostTrials = 500;

    /// <summary>Of the trials that would win, the share that may be lost at one report. 0.05 by default; 0 gives up nothing but NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0,1].</exception>
    public double Risk { get; init => field = Setting.Within(0, 1, value); } = 0.05;

    /// <summary>No trial is given up before so many have completed. 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int StartupTrials { get; init => field = Setting.AtLeast(1, value); } = 2;

    /// <inheritdoc cref="PercentilePruner.WarmupSteps"/>
    public int WarmupSteps { get; init => field = Setting.AtLeast(0, value); }

    /// <summary>
    /// Whether a trial that breaks a constraint which it has set is given up at its next report, and one that holds what it has set is taken to end so. False by
    /// default: set it where objectives set constraints once and for all before they report, as the size of a model, and not where they may still come to hold.
    /// </summary>
    public bool ConstraintsAreFinal { get; init; }

    /// <inheritdoc/>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(history);
        var curve = trial.Curve;
        var latest = curve.Count - 1;
        var step = curve.Steps[latest];
        if (step < WarmupSteps || !CompletedTrials.IsAtLeast(StartupTrials, history))
        {
            return null;
        }

        if (ConstraintsAreFinal && !trial.IsFeasible)
        {
            return Verdict.At(nameof(CurvePruner), step, "it breaks a constraint", ("violation", trial.Violations.Max()));
        }

        if (curve.LossesAt(latest).ContainsNaN())
        {
            return Verdict.At(nameof(CurvePruner), step, "it reported NaN");
        }

        return CurveField.At(step, trial, history, MostTrials, ConstraintsAreFinal) is { } field ? Judge(field, step) : null;
    }

    private PruningDecision? Judge(CurveField field, int step)
    {
        var own = field.ChanceOf(0); // its own is the first
        var (total, tail) = (0.0, 0.0);
        for (var i = 0; i < field.Count; i++)
        {
            var chance = field.ChanceOf(i);
            total += chance;
            tail += chance <= own ? chance : 0;
        }

        return tail < Risk * total
            ? Verdict.At(
                nameof(CurvePruner),
                step,
                Invariant($"of the {field.Count} trials that came to this step, those whose chance to {field.Goal} is at most its own, {own:P2}, hold together {tail / total:P2} of all chances; the risk is {Risk:P0}"),
                ("chance", own), ("feasible", field.ChanceToHold(0)), ("tail", tail / total), ("risk", Risk), ("trials", field.Count), ("completed", field.Completed))
            : null;
    }
}
