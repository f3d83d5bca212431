using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>
/// The configurations of a finite grid over a space, numbered 0 to Count - 1 without materialising them.
/// Axes that conditions tie together form a branch; a branch is a list of leaves (one for each assignment of its parents);
/// a leaf is a product of the free axes that are active in it. The whole is the product of the branches, in mixed radix.
/// </summary>
internal sealed class ConfigurationTree
{
    /// <summary>Trees of more configurations than this are not walked from end to end.</summary>
    public const long MaxWalk = 1 << 20;

    /// <summary>More leaves than this in one branch are not listed.</summary>
    private const int MaxLeaves = 1 << 20;

    private readonly ImmutableArray<Branch> _branches;
    private readonly int _axes;

    private ConfigurationTree(ImmutableArray<Branch> branches, int axes, long? count)
    {
        _branches = branches;
        _axes = axes;
        Count = count;
    }

    /// <summary>How many configurations there are; null if a long does not hold the number, or there are too many leaves to list.</summary>
    public long? Count { get; }

    /// <summary>The tree of all configurations of a finite space.</summary>
    public static ConfigurationTree Create(SearchSpace space) =>
        Create(space, axis => space[axis].Cardinality!.Value, (axis, level) => space[axis].CodeOfLevel(level));

    /// <summary>The tree of a grid over a space.</summary>
    /// <param name="space">The space; parents have all their values on the grid.</param>
    /// <param name="levels">How many values an axis has on the grid.</param>
    /// <param name="code">The code of an axis's value of a rank.</param>
    public static ConfigurationTree Create(SearchSpace space, Func<int, long> levels, Func<int, long, double> code)
    {
        var parents = Enumerable.Range(0, space.Count).SelectMany(space.Conditions.ParentsOf).ToHashSet();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        long? count = 1;
        foreach (var axes in Components(space))
        {
            var branch = Branch.Create(space, axes, parents, levels, code);
            count = branch is null ? null : Multiply(count, branch.Count);
            if (count is null)
            {
                return new ConfigurationTree([], space.Count, null);
            }

            branches.Add(branch!);
        }

        return new ConfigurationTree(branches.ToImmutable(), space.Count, count);
    }

    /// <summary>The codes of the configuration of a number below <see cref="Count"/>.</summary>
    public double[] At(long number)
    {
        var codes = new double[_axes];
        Array.Fill(codes, double.NaN);
        foreach (var branch in _branches)
        {
            (number, var own) = Math.DivRem(number, branch.Count);
            branch.Write(own, codes);
        }

        return codes;
    }

    private static long? Multiply(long? count, long factor) =>
        count is { } known && Math.BigMul(known, factor) is var product && product <= long.MaxValue ? (long)product : null;

    // Axes tied by conditions, directly or not; each component in the order of the space's graph.
    private static IEnumerable<int[]> Components(SearchSpace space)
    {
        var root = Enumerable.Range(0, space.Count).ToArray();
        foreach (var axis in space.Conditions.Order)
        {
            foreach (var parent in space.Conditions.ParentsOf(axis))
            {
                var (from, to) = (root[axis], root[parent]);
                for (var i = 0; i < root.Length; i++)
                {
                    root[i] = root[i] == from ? to : root[i];
                }
            }
        }

        return space.Conditions.Order.GroupBy(axis => root[axis]).Select(group => group.ToArray());
    }

    private sealed class Branch
    {
        private readonly List<Leaf> _leaves = [];
        private readonly SearchSpace _space;
        private readonly int[] _parents;
        private readonly int[] _free;
        private readonly Func<int, long> _levels;
        private readonly Func<int, long, double> _code;

        private Branch(SearchSpace space, int[] axes, HashSet<int> parents, Func<int, long> levels, Func<int, long, double> code)
        {
            _space = space;
            _parents = [.. axes.Where(parents.Contains)];
            _free = [.. axes.Where(axis => !parents.Contains(axis))];
            _levels = levels;
            _code = code;
        }

        public long Count { get; private set; }

        // Parents that depend on nothing have a leaf for each of their combinations: tells the hopeless case before it has filled the memory.
        private bool IsListable =>
            _parents.Where(axis => _space.Conditions.ParentsOf(axis).Length == 0)
                .Aggregate((long?)1, (leaves, axis) => Multiply(leaves, _levels(axis))) <= MaxLeaves;

        public static Branch? Create(
            SearchSpace space, int[] axes, HashSet<int> parents, Func<int, long> levels, Func<int, long, double> code)
        {
            var branch = new Branch(space, axes, parents, levels, code);
            var codes = new double[space.Count];
            Array.Fill(codes, double.NaN);
            return branch.IsListable && branch.Grow(0, codes) ? branch : null;
        }

        public void Write(long number, double[] codes)
        {
            var (low, high) = (0, _leaves.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _leaves[middle].First <= number ? (middle, high) : (low, middle - 1);
            }

            var leaf = _leaves[low];
            number -= leaf.First;
            for (var i = 0; i < _parents.Length; i++)
            {
                codes[_parents[i]] = leaf.Codes[i];
            }

            foreach (var axis in leaf.Free)
            {
                (number, var level) = Math.DivRem(number, _levels(axis));
                codes[axis] = _code(axis, level);
            }
        }

        // Assigns the parents one after the other; false when there are too many leaves or configurations to count.
        private bool Grow(int depth, double[] codes)
        {
            if (depth == _parents.Length)
            {
                return AddLeaf(codes);
            }

            var axis = _parents[depth];
            codes[axis] = double.NaN;
            if (!_space.Conditions.IsActive(axis, codes))
            {
                return Grow(depth + 1, codes);
            }

            for (var level = 0L; level < _levels(axis); level++)
            {
                codes[axis] = _code(axis, level);
                if (!Grow(depth + 1, codes))
                {
                    return false;
                }
            }

            codes[axis] = double.NaN;
            return true;
        }

        private bool AddLeaf(double[] codes)
        {
            var free = _free.Where(axis => _space.Conditions.IsActive(axis, codes)).ToArray();
            long? count = 1;
            foreach (var axis in free)
            {
                count = Multiply(count, _levels(axis));
            }

            if (count is not { } known || _leaves.Count == MaxLeaves || long.MaxValue - known < Count)
            {
                return false;
            }

            _leaves.Add(new Leaf(Count, [.. _parents.Select(axis => codes[axis])], free));
            Count += known;
            return true;
        }

        private readonly record struct Leaf(long First, double[] Codes, int[] Free);
    }
}
