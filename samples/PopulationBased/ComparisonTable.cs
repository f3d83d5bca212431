namespace PopulationBased;

/// <summary>Prints what the methods came to, seed by seed, and then on the whole. The first method is compared with each other one.</summary>
internal sealed class ComparisonTable
{
    private readonly string[] _methods;
    private readonly List<Outcome[]> _rows = [];

    public ComparisonTable(params string[] methods)
    {
        _methods = methods;
        Console.WriteLine($"Loss on validation / test images; {DigitsComparison.Budget} epochs each.");
        Console.WriteLine("seed     " + string.Concat(methods.Select(method => $"{method,-16}")));
    }

    public void Add(int seed, params Outcome[] outcomes)
    {
        _rows.Add(outcomes);
        Print($"{seed}", outcomes);
    }

    public void Conclude()
    {
        Print("mean", [.. _methods.Select((_, method) => Reduce(method, losses => losses.Average()))]);
        Print("median", [.. _methods.Select((_, method) => Reduce(method, losses => losses.Order().ElementAt(losses.Length / 2)))]);
        for (var other = 1; other < _methods.Length; other++)
        {
            var validation = _rows.Count(row => row[0].Validation < row[other].Validation);
            var test = _rows.Count(row => row[0].Test < row[other].Test);
            Console.WriteLine($"{_methods[0]} is better than {_methods[other]} in {validation} of {_rows.Count} seeds on validation, in {test} on test images");
        }
    }

    private Outcome Reduce(int method, Func<double[], double> reduce) =>
        new(reduce([.. _rows.Select(row => row[method].Validation)]), reduce([.. _rows.Select(row => row[method].Test)]));

    private static void Print(string head, Outcome[] outcomes) =>
        Console.WriteLine($"{head,-8} " + string.Concat(outcomes.Select(outcome => FormattableString.Invariant($"{outcome.Validation:F4} / {outcome.Test:F4} "))));
}
