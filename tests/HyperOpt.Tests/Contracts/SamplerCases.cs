using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Tests.Contracts;

/// <summary>Spaces to try samplers on, by name.</summary>
public static class SamplerCases
{
    /// <summary>One of each kind; a condition of three floors in the middle.</summary>
    public static SearchSpace Mixed { get; } = CreateMixed();

    /// <summary>Finite, with few enough configurations to enumerate.</summary>
    public static ImmutableSortedDictionary<string, SearchSpace> FiniteSpaces { get; } = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create<string, SearchSpace>("one configuration", [Parameter.Categorical("only", "this"), Parameter.Int("fixed", 3, 3)]),
            KeyValuePair.Create<string, SearchSpace>("one axis of two values", [Parameter.Bool("flag")]),
            KeyValuePair.Create<string, SearchSpace>("some single-valued axes", [
                Parameter.Float("fixed", 0.5, 0.5), Parameter.Ordinal("size", 16, 32, 64), Parameter.Int("three", 3, 3).Log(), Parameter.Bool("flag")]),
            KeyValuePair.Create("conditions three deep", CreateTree()),
        ]);

    /// <summary>All sorts, those of <see cref="FiniteSpaces"/> among them.</summary>
    public static ImmutableSortedDictionary<string, SearchSpace> Spaces { get; } = FiniteSpaces.AddRange(
        [
            KeyValuePair.Create<string, SearchSpace>("no axis", []),
            KeyValuePair.Create<string, SearchSpace>("one continuous axis", [Parameter.Float("x", -5, 5)]),
            KeyValuePair.Create<string, SearchSpace>("log scales", [
                Parameter.Float("rate", 1e-300, 1e300).Log(), Parameter.Float("tiny", 1e-8, 1e-6).Log(), Parameter.Int("units", 1, 1_000_000).Log()]),
            KeyValuePair.Create<string, SearchSpace>("the full range of int", [Parameter.Int("any", int.MinValue, int.MaxValue), Parameter.Bool("flag")]),
            KeyValuePair.Create<string, SearchSpace>("the full range of double", [Parameter.Float("any", double.MinValue, double.MaxValue)]),
            KeyValuePair.Create<string, SearchSpace>("categories only", [
                Parameter.Categorical("a", "p", "q", "r"), Parameter.Enum<DayOfWeek>("day"), Parameter.Bool("flag")]),
            KeyValuePair.Create("all kinds, with conditions", Mixed),
        ]);

    /// <summary>Every configuration of a finite space, once: found by trying all combinations.</summary>
    public static ImmutableArray<ImmutableArray<double>> Enumerate(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        var found = new Dictionary<string, ImmutableArray<double>>();
        var levels = new long[space.Count];
        do
        {
            var point = space.Normalize([.. levels.Select((level, axis) => (level + 0.5) / space[axis].Cardinality!.Value)]);
            found.TryAdd(Text(point), point);
        }
        while (Increment(levels, space));
        return [.. found.Values];
    }

    public static string Text(ImmutableArray<double> point) => $"({string.Join(", ", point)})";

    private static bool Increment(long[] levels, SearchSpace space)
    {
        for (var axis = 0; axis < levels.Length; axis++)
        {
            levels[axis] = (levels[axis] + 1) % space[axis].Cardinality!.Value;
            if (levels[axis] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static SearchSpace CreateTree()
    {
        var model = Parameter.Categorical("model", "tree", "net");
        var optimizer = Parameter.Categorical("optimizer", "adam", "sgd", "none").When(model, "net");
        var nesterov = Parameter.Bool("nesterov").When(optimizer, "sgd");
        var order = Parameter.Int("order", 1, 3).When(nesterov, true);
        return [order, nesterov, Parameter.Int("depth", 1, 4).When(model, "tree"), model, optimizer];
    }

    private static SearchSpace CreateMixed()
    {
        var kind = Parameter.Categorical("kind", "a", "b", "c");
        var layers = Parameter.Int("layers", 1, 3).When(kind, "a", "b");
        var drops = Parameter.Bool("drops").When(layers, 2, 3);
        return
        [
            Parameter.Float("dropout", 0, 0.9).When(drops, true),
            Parameter.Float("x", -1, 1),
            kind,
            layers,
            drops,
            Parameter.Float("rate", 1e-5, 1).Log(),
            Parameter.Float("stepped", 0, 1).Step(0.25),
            Parameter.Ordinal("size", 16, 32, 64),
            Parameter.Int("units", 1, 4).Log().When(kind, "c"),
        ];
    }
}
