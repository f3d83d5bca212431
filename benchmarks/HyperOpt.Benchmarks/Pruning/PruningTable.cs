using System.Globalization;
using System.Numerics.Tensors;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>Loss at equal compute: pruner × sampler × family × seeds, and how sure the differences are.</summary>
internal sealed class PruningTable
{
    public const string Usage = "pruning     loss at equal compute of pruners × samplers on tabulated learning curves: minutes; --seeds 20, --budgets 10,20 (in full trainings), --family, --pruner, --sampler <part of a name>, --first 1 (seed)";

    private readonly int _seeds;
    private readonly int _first;
    private readonly int[] _budgets;
    private readonly CurveTable[] _tables;
    private readonly (string Name, Func<Pruners.IPruner> Create)[] _pruners;
    private readonly (string Name, Func<Samplers.ISampler> Create)[] _samplers;

    private PruningTable(string[] arguments)
    {
        string Option(string name, string otherwise) => Array.IndexOf(arguments, "--" + name) is >= 0 and var at ? arguments[at + 1] : otherwise;
        _seeds = int.Parse(Option("seeds", "20"), CultureInfo.InvariantCulture);
        _first = int.Parse(Option("first", "1"), CultureInfo.InvariantCulture);
        _budgets = [.. Option("budgets", "10,20").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        _tables = [.. CurveFamilies.All.Where(family => family.Name.Contains(Option("family", ""), StringComparison.Ordinal)).Select(CurveTable.Read)];
        _pruners = [.. PruningContestants.Pruners.Where((pruner, at) => at == 0 || pruner.Name.Contains(Option("pruner", ""), StringComparison.Ordinal))];
        _samplers = [.. PruningContestants.Samplers.Where(sampler => sampler.Name.Contains(Option("sampler", ""), StringComparison.Ordinal))];
    }

    public static int Run(string[] arguments)
    {
        new PruningTable(arguments).Print();
        return 0;
    }

    private void Print()
    {
        foreach (var (name, create) in _samplers)
        {
            var census = _pruners.Select(_ => (Trials: 0, Winners: 0, Lost: 0)).ToArray();
            var ranks = Ranks(create, census); // [pruner][budget][family][seed]
            for (var budget = 0; budget < _budgets.Length; budget++)
            {
                Console.WriteLine();
                Console.WriteLine($"Sampler {name}, {_budgets[budget]} full trainings' worth of steps, {_seeds} seeds: mean share of configurations that are better, in %");
                Console.WriteLine($"| pruner | {string.Join(" | ", _tables.Select(table => table.Family.Name))} | all | p against none | p against median | p against one epoch |");
                Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", _tables.Length + 4))}");
                for (var pruner = 0; pruner < _pruners.Length; pruner++)
                {
                    Console.WriteLine(Row(ranks, pruner, budget));
                }
            }

            Console.WriteLine();
            Console.WriteLine($"Sampler {name}: what was given up, over all families, budgets as far as they went");
            Console.WriteLine("| pruner | trials a study | winners | of these given up |");
            Console.WriteLine("|---|---|---|---|");
            for (var pruner = 0; pruner < _pruners.Length; pruner++)
            {
                var (trials, winners, lost) = census[pruner];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {_pruners[pruner].Name} | {trials / (_seeds * _tables.Length)} | {winners} | {100.0 * lost / winners:F1} % |"));
            }
        }
    }

    private string Row(double[][][][] ranks, int pruner, int budget)
    {
        var cells = _tables.Select((_, family) =>
        {
            var (own, none) = (ranks[pruner][budget][family], ranks[0][budget][family]);
            var mark = TwoSided(own, none) < 0.05 ? own.Average() < none.Average() ? " +" : " −" : "";
            return (100 * own.Average()).ToString("F2", CultureInfo.InvariantCulture) + mark;
        });
        double[] All(int of) => [.. ranks[of][budget].SelectMany(row => row)];
        var tests = _pruners.Select((other, at) => (other.Name, At: at))
            .Where(other => other.At == 0 || other.Name.StartsWith("median", StringComparison.Ordinal) || other.Name.StartsWith("one epoch", StringComparison.Ordinal))
            .Select(other => other.At == pruner ? "" : Compared(All(pruner), All(other.At)));
        return $"| {_pruners[pruner].Name} | {string.Join(" | ", cells)} | {(100 * All(pruner).Average()).ToString("F2", CultureInfo.InvariantCulture)} | {string.Join(" | ", tests)} |";
    }

    private static string Compared(double[] own, double[] other) =>
        TwoSided(own, other).ToString("G2", CultureInfo.InvariantCulture) + (own.Average() < other.Average() ? " better" : " worse");

    private double[][][][] Ranks(Func<Samplers.ISampler> sampler, (int Trials, int Winners, int Lost)[] census) => [.. _pruners.Select((pruner, at) =>
    {
        var ranks = _budgets.Select(_ => _tables.Select(_ => new double[_seeds]).ToArray()).ToArray();
        for (var family = 0; family < _tables.Length; family++)
        {
            for (var seed = 0; seed < _seeds; seed++)
            {
                var table = _tables[family];
                var outcome = PruningStudy.Run(table, pruner.Create(), sampler(), (ulong)(_first + seed), [.. _budgets.Select(budget => budget * table.Family.Steps)]);
                for (var budget = 0; budget < _budgets.Length; budget++)
                {
                    ranks[budget][family][seed] = table.RankOf(outcome.Best[budget]);
                }

                var (trials, winners, lost) = census[at];
                census[at] = (trials + outcome.Trials, winners + outcome.Winners, lost + outcome.Lost);
            }
        }

        return ranks;
    })];

    // The paired signed-rank test.
    private static double TwoSided(double[] one, double[] other)
    {
        var (less, greater) = (new double[one.Length], new double[one.Length]);
        TensorPrimitives.Subtract(one, other, greater);
        TensorPrimitives.Negate(greater, less);
        return Math.Min(1, 2 * Math.Min(SignedRanks.Greater(less), SignedRanks.Greater(greater)));
    }
}
