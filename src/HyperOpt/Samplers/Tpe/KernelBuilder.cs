using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>Makes the two densities of a suggestion: of the good trials, and of the rest with those under way.</summary>
internal static class KernelBuilder
{
    public static (KernelSet Good, KernelSet Others) Build(TrialHistory history, TpeMemo memo, TpeSplit split)
    {
        var pending = history.Pending;
        var good = new KernelSet(history.Space.Count, GoodWeights(split));
        var rest = new KernelSet(history.Space.Count, Ones(split.Above.Length + pending.Count + 1));
        var kernelOf = KernelOfRow(memo.Count, split);
        for (var axis = 0; axis < history.Space.Count; axis++)
        {
            Fill(history.Space[axis], axis, memo, kernelOf, pending, split.Above.Length, good, rest);
        }

        return (good, rest);
    }

    // ln(n + 1) - ln r for rank r, so the best weigh most; the prior weighs as much as the average.
    private static double[] GoodWeights(TpeSplit split)
    {
        var count = split.Below.Length;
        var weights = Ones(count + 1);
        if (split.IsRanked && count > 0)
        {
            for (var rank = 0; rank < count; rank++)
            {
                weights[rank] = Math.Log(count + 1) - Math.Log(rank + 1);
            }

            weights[count] = weights.AsSpan(0, count).ToArray().Average();
        }

        return weights;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    // Good ones as 0, 1, …; the rest as -2, -3, …; those that taught nothing as -1.
    private static int[] KernelOfRow(int rows, TpeSplit split)
    {
        var kernelOf = new int[rows];
        Array.Fill(kernelOf, -1);
        for (var i = 0; i < split.Below.Length; i++)
        {
            kernelOf[split.Below[i]] = i;
        }

        for (var i = 0; i < split.Above.Length; i++)
        {
            kernelOf[split.Above[i]] = -2 - i;
        }

        return kernelOf;
    }

    private static void Fill(
        Parameter parameter, int axis, TpeMemo memo, int[] kernelOf, IReadOnlyList<Observation> pending, int firstPending, KernelSet good, KernelSet rest)
    {
        var order = memo.Orders[axis];
        var (below, above) = (new Column(good.Count), new Column(rest.Count));
        (double Unit, int Kernel)[] running = [.. pending
            .Select((trial, at) => (trial.Point[axis], firstPending + at))
            .Where(item => !double.IsNaN(item.Item1))
            .OrderBy(item => item.Item1)];
        var next = 0;
        var rows = order.Rows;
        var units = order.Coordinates;
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, unit) = (rows[i], units[i]);
            for (; next < running.Length && running[next].Unit < unit; next++)
            {
                above.Add(running[next].Unit, running[next].Kernel, -1);
            }

            var kernel = kernelOf[row];
            if (kernel >= 0)
            {
                below.Add(unit, kernel, row);
            }
            else if (kernel < -1)
            {
                above.Add(unit, -2 - kernel, row);
            }
        }

        for (; next < running.Length; next++)
        {
            above.Add(running[next].Unit, running[next].Kernel, -1);
        }

        below.Fill(parameter, axis, good, memo.Norms[axis]);
        above.Fill(parameter, axis, rest, memo.Norms[axis]);
    }

    private struct Column(int capacity)
    {
        private readonly double[] _mu = new double[capacity];
        private readonly int[] _kernels = new int[capacity];
        private readonly int[] _rows = new int[capacity];
        private int _count;

        public void Add(double mu, int kernel, int row)
        {
            (_mu[_count], _kernels[_count], _rows[_count]) = (mu, kernel, row);
            _count++;
        }

        public readonly void Fill(Parameter parameter, int axis, KernelSet set, NormCache cache) =>
            Bandwidths.Fill(parameter, _mu.AsSpan(0, _count), _kernels.AsSpan(0, _count), axis, set, _rows.AsSpan(0, _count), cache);
    }
}
