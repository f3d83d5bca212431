using HyperOpt.Spaces;

namespace HyperOpt.Tests.Contracts;

internal enum Optimizer
{
    Adam,
    Sgd,
    Lion,
}

/// <summary>A category that is neither text nor number.</summary>
internal readonly record struct Shape(int Width, int Height)
{
    public override string ToString() => FormattableString.Invariant($"{Width}x{Height}");
}

/// <summary>Random spaces of parameters of every kind.</summary>
internal static class OddSpace
{
    public static SearchSpace Create(OddValues odd)
    {
        var space = SearchSpace.Empty;
        for (var count = odd.Below(7); count > 0; count--)
        {
            var name = odd.Text();
            if (!string.IsNullOrWhiteSpace(name) && space.IndexOf(name) < 0)
            {
                var parameter = Bare(name, odd);
                space = space.With(space.Count > 0 && odd.Below(3) == 0 ? Under(parameter, space[odd.Below(space.Count)], odd) : parameter);
            }
        }

        return space;
    }

    private static Parameter Under(Parameter parameter, Parameter parent, OddValues odd) => parent.Cardinality is null
        ? parameter
        : parameter.When(parent, [parent.CodeAt(odd.Unit())]);

    private static Parameter Bare(string name, OddValues odd) => odd.Below(11) switch
    {
        0 => Parameter.Float(name, -5, 5),
        1 => Parameter.Float(name, 1e-300, 1e300).Log(),
        2 => Parameter.Float(name, -0.5, 1.5).Step(0.1),
        3 => Parameter.Float(name, double.MinValue, double.MaxValue),
        4 => Parameter.Int(name, int.MinValue, int.MaxValue),
        5 => Parameter.Int(name, 1, 1024).Log(),
        6 => Parameter.Int(name, 0, 12).Step(3),
        7 => Parameter.Categorical(name, Optimizer.Adam, Optimizer.Sgd, Optimizer.Lion),
        8 => Parameter.Categorical(name, new Shape(1, 2), new Shape(3, -4)),
        9 => Parameter.Ordinal(name, 16, 32, 64.5),
        _ => Parameter.Categorical<string>(name, [.. Enumerable.Range(0, 1 + odd.Below(5)).Select(_ => odd.Text()).Distinct()]),
    };
}
