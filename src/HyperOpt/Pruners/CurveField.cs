using HyperOpt.Numerics;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>The trials that came to a step, and how likely each is to win: to beat the best completed feasible trial, or not to be dominated by any.</summary>
internal sealed class CurveField
{
    private readonly List<double[]> _atStep; // [trial][objective]
    private readonly FinalLossForecast[] _forecasts; // [objective]
    private readonly double[][] _front; // to beat, ascending in the first objective

    private CurveField(List<double[]> atStep, FinalLossForecast[] forecasts, double[][] front, int completed)
    {
        _atStep = atStep;
        _forecasts = forecasts;
        _front = front;
        Completed = completed;
    }

    /// <summary>How many trials there are, the one that is judged among them, as the first.</summary>
    public int Count => _atStep.Count;

    /// <summary>How many of them completed.</summary>
    public int Completed { get; }

    /// <summary>What winning is, in words.</summary>
    public string Goal => _front[0].Length == 1 ? Invariant($"end below {_front[0][0]:G6}") : "end up non-dominated";

    /// <summary>The field; null if there is nothing to forecast from, or nothing to beat.</summary>
    /// <param name="step">The step.</param>
    /// <param name="own">The losses of the trial that is judged.</param>
    /// <param name="history">The others.</param>
    /// <param name="most">How many of the others to look at, the latest.</param>
    public static CurveField? At(int step, double[] own, TrialHistory history, int most)
    {
        var objectives = own.Length;
        var (atStep, completed, best) = (new List<double[]> { own }, new List<(double[] AtStep, Observation Trial)>(), new List<double[]>());
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
                atStep.Add(other.Curve.LossesAt(at).ToArray());
                if (isCompleted)
                {
                    completed.Add((atStep[^1], other));
                }
            }
        }

        if (best.Count == 0 || completed.Count == 0)
        {
            return null;
        }

        var forecasts = new FinalLossForecast[objectives];
        for (var k = 0; k < objectives; k++)
        {
            if (FinalLossForecast.From(atStep.Select(each => each[k]), [.. completed.Select(each => (each.AtStep[k], each.Trial.Losses[k]))]) is not { } forecast)
            {
                return null;
            }

            forecasts[k] = forecast;
        }

        return new CurveField(atStep, forecasts, Front(best), completed.Count);
    }

    /// <summary>The chance of a trial to win.</summary>
    public double ChanceOf(int trial)
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
