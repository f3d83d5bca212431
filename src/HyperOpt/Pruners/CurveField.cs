using HyperOpt.Numerics;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// The trials that came to a step, and how likely each is to win: to end within the constraints, and there to beat the best completed feasible trial, or not to be
/// dominated by any.
/// </summary>
internal sealed class CurveField
{
    private readonly List<double[]> _atStep; // [trial][objective]
    private readonly FinalValueForecast[] _forecasts; // [objective]
    private readonly double[]? _holding; // [trial] the chance that it ends within the constraints; null without any
    private readonly double[][] _front; // to beat, ascending in the first objective

    private CurveField(List<double[]> atStep, FinalValueForecast[] forecasts, double[]? holding, double[][] front, int completed)
    {
        (_atStep, _forecasts, _holding, _front) = (atStep, forecasts, holding, front);
        Completed = completed;
    }

    /// <summary>How many trials there are, the one that is judged among them, as the first.</summary>
    public int Count => _atStep.Count;

    /// <summary>How many of them completed.</summary>
    public int Completed { get; }

    /// <summary>What winning is, in words.</summary>
    public string Goal => (_front[0].Length == 1 ? Invariant($"end below {_front[0][0]:G6}") : "end up non-dominated") + (_holding is null ? "" : " within the constraints");

    /// <summary>The field; null if there is nothing to forecast from, or nothing to beat.</summary>
    /// <param name="step">The step.</param>
    /// <param name="trial">The trial that is judged, whose last report is of that step.</param>
    /// <param name="history">The others.</param>
    /// <param name="most">How many of the others to look at, the latest.</param>
    /// <param name="constraintsAreFinal">Whether constraints that a trial has set do not change any more.</param>
    public static CurveField? At(int step, Observation trial, TrialHistory history, int most, bool constraintsAreFinal)
    {
        var (trials, atStep) = (new List<Observation> { trial }, new List<double[]> { trial.Curve.LossesAt(trial.Curve.Count - 1).ToArray() });
        var (completed, best) = (new List<int>(), new List<double[]>());
        var finished = history.Finished;
        for (var i = finished.Count - 1; i >= 0; i--)
        {
            var other = finished[i];
            var isCompleted = other is { State: TrialState.Completed, Losses.IsEmpty: false, Curve.Count: > 0 };
            if (isCompleted && other.IsFeasible)
            {
                best.Add([.. other.Losses]);
            }

            var at = atStep.Count <= most ? other.Curve.IndexOf(step) : -1;
            if (at >= 0 && !other.Curve.LossesAt(at).ContainsNaN())
            {
                if (isCompleted)
                {
                    completed.Add(trials.Count);
                }

                trials.Add(other);
                atStep.Add(other.Curve.LossesAt(at).ToArray());
            }
        }

        if (best.Count == 0 || completed.Count == 0)
        {
            return null;
        }

        var forecasts = new FinalValueForecast[atStep[0].Length];
        for (var k = 0; k < forecasts.Length; k++)
        {
            if (FinalValueForecast.OfLoss(atStep.Select(each => each[k]), [.. completed.Select(row => (atStep[row][k], trials[row].Losses[k]))]) is not { } forecast)
            {
                return null;
            }

            forecasts[k] = forecast;
        }

        var constraints = ViolationForecast.Of(atStep, [.. completed.Select(row => (atStep[row], trials[row].Violations))]);
        double Holding(int row) => constraintsAreFinal && !trials[row].Violations.IsEmpty
            ? trials[row].IsFeasible ? 1 : 0
            : ViolationForecast.ChanceThatAllHold(constraints, atStep[row]);
        double[]? holding = constraints.IsEmpty ? null : [.. Enumerable.Range(0, trials.Count).Select(Holding)];
        return new CurveField(atStep, forecasts, holding, Front(best), completed.Count);
    }

    /// <summary>The chance of a trial to win.</summary>
    public double ChanceOf(int trial) => ChanceToHold(trial) is > 0 and var holding ? holding * ChanceToBeat(trial) : 0;

    /// <summary>The chance of a trial to end within the constraints.</summary>
    public double ChanceToHold(int trial) => _holding?[trial] ?? 1;

    private double ChanceToBeat(int trial)
    {
        var losses = _atStep[trial];
        return losses.Length switch
        {
            1 => _forecasts[0].ChanceBelow(_front[0][0], losses[0]),
            2 => ChanceOfTwo(losses),
            _ => ChanceAtMost(losses),
        };
    }

    // Between neighbours of the front in the first objective, the second must be below that of the left one.
    private double ChanceOfTwo(double[] losses)
    {
        var (chance, before, limit) = (0.0, 0.0, 1.0);
        foreach (var point in _front)
        {
            var below = _forecasts[0].ChanceBelow(point[0], losses[0]);
            chance += (below - before) * limit;
            (before, limit) = (below, _forecasts[1].ChanceBelow(point[1], losses[1]));
        }

        return chance + (1 - before) * limit;
    }

    // Dominated at least as likely as by the one point of the front that is likeliest to.
    private double ChanceAtMost(double[] losses)
    {
        var dominated = 0.0;
        foreach (var point in _front)
        {
            var all = 1.0;
            for (var k = 0; k < losses.Length; k++)
            {
                all *= 1 - _forecasts[k].ChanceBelow(point[k], losses[k]);
            }

            dominated = Math.Max(dominated, all);
        }

        return 1 - dominated;
    }

    private static double[][] Front(List<double[]> points)
    {
        var front = new List<double[]>();
        foreach (var point in points)
        {
            if (!front.Exists(other => Covers(other, point)))
            {
                front.RemoveAll(other => Covers(point, other));
                front.Add(point);
            }
        }

        return [.. front.OrderBy(point => point[0])];
    }

    private static bool Covers(double[] one, double[] other)
    {
        for (var k = 0; k < one.Length; k++)
        {
            if (one[k] > other[k])
            {
                return false;
            }
        }

        return true;
    }
}
