using HyperOpt.Benchmarks.Pruning;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks.Transfer;

/// <summary>Something to be tuned, and how good a loss of it is.</summary>
/// <param name="Space">What may vary.</param>
/// <param name="Loss">The loss of a trial.</param>
/// <param name="Score">A loss on a scale of which 0 is the best: the share of configurations that are better, or the regret.</param>
internal sealed record TransferTask(SearchSpace Space, Func<ITrial, double> Loss, Func<double, double> Score)
{
    /// <summary>The final losses of a family of learning curves.</summary>
    public static TransferTask Of(string family)
    {
        var table = CurveTable.Read(CurveFamilies.All.Single(known => known.Name == family));
        var axes = table.Family.Axes;
        return new TransferTask(
            [.. axes.Select(axis => (Parameter)Labelled(axis))],
            trial => table[table.Family.RowOf([.. axes.Select(axis => axis.Levels.IndexOf(trial.Suggest(Labelled(axis))))])][^1],
            table.RankOf);
    }

    /// <summary>The sphere of some floats about a centre, in some unit.</summary>
    public static TransferTask Sphere(double[] centre, double unit, double sign = 1)
    {
        FloatParameter[] axes = [.. centre.Select((_, at) => Parameter.Float($"x{at}", 0, 1))];
        double Distance(ITrial trial) => axes.Select((axis, at) => Math.Pow(trial.Suggest(axis) - centre[at], 2)).Sum();
        return new TransferTask([.. axes], trial => unit * sign * Distance(trial), loss => Math.Max(0, sign * loss / unit));
    }

    /// <summary>Rosenbrock's valley, moved.</summary>
    public static TransferTask Valley(double[] shift, double unit)
    {
        FloatParameter[] axes = [.. shift.Select((_, at) => Parameter.Float($"x{at}", -2, 2))];
        return new TransferTask(
            [.. axes],
            trial =>
            {
                double[] x = [.. axes.Select((axis, at) => trial.Suggest(axis) - shift[at])];
                return unit * Math.Log(1 + Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2)));
            },
            loss => loss / unit);
    }

    // By their texts, so that 0.01 of one family is 0.01 of the other.
    private static Parameter<string> Labelled(Axis axis) => axis.IsOrdered
        ? Parameter.Ordinal(axis.Name, axis.Levels.AsSpan())
        : Parameter.Categorical(axis.Name, axis.Levels.AsSpan());
}
