using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The two densities of a suggestion. Good: the good trials, best first, and the prior. Rest: a kernel for each row of the history, of
/// which those count that are not good and taught something; and beside them the trials under way and the prior.
/// </summary>
internal sealed class Densities
{
    private Densities(SearchSpace space, Kernels good, double[] goodLogWeights, Kernels rows, double[] rowLogWeights, Kernels beside)
    {
        Good = [new Segment(good, goodLogWeights)];
        Others = [new Segment(rows, rowLogWeights), new Segment(beside, new double[beside.Count])];
        Space = space;
    }

    public SearchSpace Space { get; }

    public Segment[] Good { get; }

    public Segment[] Others { get; }

    /// <summary>Makes the densities. The memo's kernels are theirs until the next time: to be used under its lock.</summary>
    public static Densities Build(TrialHistory history, TpeMemo memo, TpeSplit split)
    {
        var space = history.Space;
        var pending = history.Pending;
        var (good, beside) = (new Kernels(space), new Kernels(space));
        good.Grow(split.Below.Length + 1);
        beside.Grow(pending.Count + 1);
        memo.Rows.Grow(history.Count);
        var roles = Roles(memo.Count, split);
        for (var axis = 0; axis < space.Count; axis++)
        {
            Place(space[axis], axis, history, memo, roles, good, beside);
        }

        good.SumUp();
        beside.SumUp();
        memo.Rows.SumUp();
        return new Densities(space, good, GoodLogWeights(split), memo.Rows, RowLogWeights(roles), beside);
    }

    // ln(n + 1) - ln r for rank r, so the best weigh most; the prior weighs as much as the average.
    private static double[] GoodLogWeights(TpeSplit split)
    {
        var count = split.Below.Length;
        var logs = new double[count + 1];
        if (split.IsRanked && count > 0)
        {
            var sum = 0.0;
            for (var rank = 0; rank < count; rank++)
            {
                var weight = Math.Log(count + 1) - Math.Log(rank + 1);
                logs[rank] = Math.Log(weight);
                sum += weight;
            }

            logs[count] = Math.Log(sum / count);
        }

        return logs;
    }

    private static double[] RowLogWeights(int[] roles)
    {
        var logs = new double[roles.Length];
        for (var row = 0; row < roles.Length; row++)
        {
            logs[row] = roles[row] == Role.Rest ? 0 : double.NegativeInfinity;
        }

        return logs;
    }

    private static int[] Roles(int rows, TpeSplit split)
    {
        var roles = new int[rows];
        Array.Fill(roles, Role.None);
        foreach (var row in split.Above)
        {
            roles[row] = Role.Rest;
        }

        for (var rank = 0; rank < split.Below.Length; rank++)
        {
            roles[split.Below[rank]] = rank;
        }

        return roles;
    }

    private static void Place(
        Parameter parameter, int axis, TrialHistory history, TpeMemo memo, int[] roles, Kernels good, Kernels beside)
    {
        var rows = memo.Orders[axis].Rows;
        var units = memo.Orders[axis].Coordinates;
        var running = Running(history.Pending, axis);
        var (inGood, inRest) = Count(rows, roles);
        var goodOnes = new KernelPlacer(good, null, parameter, axis, inGood, history.Objectives);
        var others = new KernelPlacer(memo.Rows, beside, parameter, axis, inRest + running.Length, history.Objectives);
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var role = roles[rows[i]];
            if (role >= 0)
            {
                goodOnes.Add(units[i], role);
            }
            else if (role == Role.Rest)
            {
                for (; next < running.Length && running[next].Unit < units[i]; next++)
                {
                    others.Add(running[next].Unit, ~running[next].Kernel);
                }

                others.Add(units[i], rows[i]);
            }
        }

        for (; next < running.Length; next++)
        {
            others.Add(running[next].Unit, ~running[next].Kernel);
        }

        goodOnes.End();
        others.End();
    }

    private static (int InGood, int InRest) Count(ReadOnlySpan<int> rows, int[] roles)
    {
        var (good, rest) = (0, 0);
        foreach (var row in rows)
        {
            good += roles[row] >= 0 ? 1 : 0;
            rest += roles[row] == Role.Rest ? 1 : 0;
        }

        return (good, rest);
    }

    private static (double Unit, int Kernel)[] Running(IReadOnlyList<Observation> pending, int axis)
    {
        if (pending.Count == 0)
        {
            return [];
        }

        return [.. pending
            .Select((trial, kernel) => (Unit: trial.Point[axis], kernel))
            .Where(item => !double.IsNaN(item.Unit))
            .OrderBy(item => item.Unit)];
    }

    /// <summary>Kernels and the logarithms of their weights; -∞ leaves one out.</summary>
    internal readonly record struct Segment(Kernels Kernels, double[] LogWeights);

    private static class Role
    {
        public const int None = -1;
        public const int Rest = -2;
    }
}
