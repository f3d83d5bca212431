using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;

namespace HyperOpt.Tests.Spaces;

public sealed class CategoricalStringLaws : ParameterLaws<string>
{
    private protected override Parameter<string>[] Extremes =>
        [Parameter.Categorical("c", "adam", "sgd", ""), Parameter.Categorical("c", "alone")];

    private protected override Gen<Parameter<string>> Any =>
        from count in Gen.Choose(1, 300)
        select (Parameter<string>)Parameter.Categorical("c", [.. Enumerable.Range(0, count).Select(index => $"value {index}")]);
}

public sealed class CategoricalEnumLaws : ParameterLaws<DayOfWeek>
{
    private protected override Parameter<DayOfWeek>[] Extremes =>
        [Parameter.Enum<DayOfWeek>("c"), Parameter.Categorical("c", DayOfWeek.Sunday, DayOfWeek.Friday)];

    private protected override Gen<Parameter<DayOfWeek>> Any =>
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>())
        select (Parameter<DayOfWeek>)Parameter.Categorical("c", [.. days.DefaultIfEmpty()]);
}

public sealed class CategoricalRecordStructLaws : ParameterLaws<CategoricalRecordStructLaws.Shape>
{
    private protected override Parameter<Shape>[] Extremes => [Parameter.Categorical("c", new Shape(1, 64), new Shape(2, 32))];

    private protected override Gen<Parameter<Shape>> Any =>
        from count in Gen.Choose(1, 100)
        select (Parameter<Shape>)Parameter.Categorical("c", [.. Enumerable.Range(0, count).Select(index => new Shape(index, 1.0 / count))]);

    public readonly record struct Shape(int Layers, double Width);
}

public sealed class BoolLaws : ParameterLaws<bool>
{
    private protected override Parameter<bool>[] Extremes => [Parameter.Bool("c"), Parameter.Categorical("c", true)];

    private protected override Gen<Parameter<bool>> Any => Gen.Constant((Parameter<bool>)Parameter.Bool("c"));
}

public sealed class OrdinalLaws : ParameterLaws<string>
{
    private protected override Parameter<string>[] Extremes =>
        [Parameter.Ordinal("c", "small", "medium", "large"), Parameter.Ordinal("c", "alone")];

    private protected override Gen<Parameter<string>> Any =>
        from count in Gen.Choose(1, 300)
        select (Parameter<string>)Parameter.Ordinal("c", [.. Enumerable.Range(0, count).Select(index => $"value {index}")]);

    private protected override int Compare(Parameter<string> parameter, string left, string right)
    {
        var values = ((OrdinalParameter<string>)parameter).Values;
        return values.IndexOf(left).CompareTo(values.IndexOf(right));
    }
}

public sealed class PowersOfTwoLaws : ParameterLaws<int>
{
    private protected override Parameter<int>[] Extremes =>
        [Parameter.PowersOfTwo("c", 16, 128), Parameter.PowersOfTwo("c", 1, 1 << 30), Parameter.PowersOfTwo("c", 8, 8)];

    private protected override Gen<Parameter<int>> Any =>
        from low in Gen.Choose(0, 30)
        from high in Gen.Choose(low, 30)
        select (Parameter<int>)Parameter.PowersOfTwo("c", 1 << low, 1 << high);
}
