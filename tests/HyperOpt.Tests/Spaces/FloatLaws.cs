using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class FloatLaws : ParameterLaws<double>
{
    private protected override Parameter<double>[] Extremes =>
    [
        Parameter.Float("x", 0, 1),
        Parameter.Float("x", -1e308, 1e308),
        Parameter.Float("x", double.MinValue, double.MaxValue),
        Parameter.Float("x", 1, 1 + 1e-12),
        Parameter.Float("x", -1e-12, 0),
        Parameter.Float("x", 1e6, 1e6 + 1e-9),
        Parameter.Float("x", 1, Math.BitIncrement(1)),
        Parameter.Float("x", 0, double.Epsilon),
        Parameter.Float("x", -3 * double.Epsilon, 1e-310),
        Parameter.Float("x", 0.3, 0.3),
    ];

    private protected override Gen<Parameter<double>> Any =>
        from one in Numbers.Signed(-300, 300)
        from other in Numbers.Signed(-300, 300)
        from near in Gen.Elements(true, false)
        let last = near ? one * (1 + 1e-9) : other
        select (Parameter<double>)Parameter.Float("x", Math.Min(one, last), Math.Max(one, last));

    // Half an ulp of the coordinate, two of the value.
    private protected override void AssertSame(Parameter<double> parameter, double expected, double actual)
    {
        var range = (FloatParameter)parameter;
        var coordinate = (range.High / 2 - range.Low / 2) * Math.Pow(2, -52);
        Assert.InRange(actual - expected, -coordinate - 2 * Ulp(expected), coordinate + 2 * Ulp(expected));
    }

    private static double Ulp(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}

public sealed class LogFloatLaws : ParameterLaws<double>
{
    private protected override Parameter<double>[] Extremes =>
    [
        Parameter.Float("x", 1e-5, 1e-1).Log(),
        Parameter.Float("x", 1e-300, 1e300).Log(),
        Parameter.Float("x", double.Epsilon, double.MaxValue).Log(),
        Parameter.Float("x", double.Epsilon, 1e-310).Log(),
        Parameter.Float("x", 1, 1 + 1e-12).Log(),
        Parameter.Float("x", 1000, Math.BitIncrement(1000)).Log(),
        Parameter.Float("x", 1000, 1000 + 1e-5).Log(),
        Parameter.Float("x", 1e300, 1e300 * (1 + 1e-7)).Log(),
        Parameter.Float("x", 0.3, 0.3).Log(),
    ];

    private protected override Gen<Parameter<double>> Any =>
        from one in Numbers.Positive(-300, 300)
        from other in Numbers.Positive(-300, 300)
        from factor in Gen.Elements(1 + 1e-9, 1 + 1e-7, 1.5, 1000)
        from near in Gen.Elements(true, false)
        let last = near ? one * factor : other
        select (Parameter<double>)Parameter.Float("x", Math.Min(one, last), Math.Max(one, last)).Log();

    // In relative terms: half an ulp of the coordinate times the length of the axis in e-foldings, and four roundings.
    private protected override void AssertSame(Parameter<double> parameter, double expected, double actual)
    {
        var range = (FloatParameter)parameter;
        var relative = (4 + Math.Log(range.High) - Math.Log(range.Low)) * Math.Pow(2, -52);
        var allowed = Math.Max(expected * relative, double.Epsilon);
        Assert.InRange(actual - expected, -allowed, allowed);
    }
}

public sealed class SteppedFloatLaws : ParameterLaws<double>
{
    private protected override Parameter<double>[] Extremes =>
    [
        Parameter.Float("x", 0, 1).Step(0.1),
        Parameter.Float("x", -0.3, 0.3).Step(0.1),
        Parameter.Float("x", 0.05, 0.95).Step(0.3),
        Parameter.Float("x", -8e307, 8e307).Step(1e306),
        Parameter.Float("x", 1, 1 + 1e-12).Step(1e-12),
        Parameter.Float("x", 0, 1L << 49).Step(1),
        Parameter.Float("x", -(1L << 49), 1L << 49).Step(1),
        Parameter.Float("x", 1.0 / 3, 1.0 / 3 + 1000 * 1e-7).Step(1e-7),
        Parameter.Float("x", 1e8 + 1.0 / 3, 1e8 + 1.0 / 3 + 1.0 / 1024).Step(1.0 / (1 << 20)),
        Parameter.Float("x", 0.3, 0.3).Step(0.1),
    ];

    private protected override Gen<Parameter<double>> Any =>
        from step in Gen.Elements(0.1, 0.25, 1e-3, 1.0 / 3, 1e-7, 7, 1e6, 1e-200)
        from start in Gen.Choose(-1000, 1000)
        from shift in Gen.Elements(0, 0.5, 0.1)
        from steps in Gen.Frequency((3, Gen.Choose(0, 30)), (1, Gen.Choose(0, 1_000_000)))
        let low = (start + shift) * step
        select (Parameter<double>)Parameter.Float("x", low, low + steps * step).Step(step);
}

public sealed class LogSteppedFloatLaws : ParameterLaws<double>
{
    private protected override Parameter<double>[] Extremes =>
    [
        Parameter.Float("x", 0.1, 1).Log().Step(0.1),
        Parameter.Float("x", 0.01, 0.91).Log().Step(0.3),
        Parameter.Float("x", 1e-300, 1e-300 + 10).Log().Step(1),
        Parameter.Float("x", double.Epsilon, 1).Log().Step(0.125),
        Parameter.Float("x", 1, 1L << 32).Log().Step(1),
        Parameter.Float("x", 1e9, 1e9 + 5).Log().Step(1),
        Parameter.Float("x", 1e307, 1.7e308).Log().Step(1e307),
        Parameter.Float("x", 0.3, 0.3).Log().Step(0.1),
    ];

    private protected override Gen<Parameter<double>> Any =>
        from step in Gen.Elements(0.1, 0.25, 1e-3, 1.0 / 3, 1e-7, 7, 1e6, 1e-200)
        from start in Gen.Choose(0, 1000)
        from shift in Gen.Elements(1, 0.5, 0.1)
        from steps in Gen.Frequency((3, Gen.Choose(0, 30)), (1, Gen.Choose(0, 1_000_000)))
        let low = (start + shift) * step
        select (Parameter<double>)Parameter.Float("x", low, low + steps * step).Log().Step(step);
}
