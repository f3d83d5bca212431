using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;

namespace HyperOpt.Tests.Spaces;

public sealed class IntLaws : ParameterLaws<int>
{
    private protected override Parameter<int>[] Extremes =>
    [
        Parameter.Int("n", 1, 8),
        Parameter.Int("n", int.MinValue, int.MaxValue),
        Parameter.Int("n", 0, int.MaxValue),
        Parameter.Int("n", -3, 3),
        Parameter.Int("n", 0, 48),
        Parameter.Int("n", int.MaxValue, int.MaxValue),
    ];

    private protected override Gen<Parameter<int>> Any =>
        from one in Numbers.Ints
        from other in Numbers.Ints
        select (Parameter<int>)Parameter.Int("n", Math.Min(one, other), Math.Max(one, other));
}

public sealed class LogIntLaws : ParameterLaws<int>
{
    private protected override Parameter<int>[] Extremes =>
    [
        Parameter.Int("n", 1, 8).Log(),
        Parameter.Int("n", 1, int.MaxValue).Log(),
        Parameter.Int("n", int.MaxValue - 20, int.MaxValue).Log(),
        Parameter.Int("n", int.MaxValue - 100, int.MaxValue).Log(),
        Parameter.Int("n", 7, 7).Log(),
    ];

    private protected override Gen<Parameter<int>> Any =>
        from one in Numbers.Ints
        from other in Numbers.Ints
        let low = Math.Max(1, Math.Min(one & int.MaxValue, other & int.MaxValue))
        select (Parameter<int>)Parameter.Int("n", low, Math.Max(low, Math.Max(one, other))).Log();
}

public sealed class SteppedIntLaws : ParameterLaws<int>
{
    private protected override Parameter<int>[] Extremes =>
    [
        Parameter.Int("n", 1, 10).Step(3),
        Parameter.Int("n", int.MinValue, int.MaxValue).Step(3),
        Parameter.Int("n", int.MinValue + 1, int.MaxValue).Step(int.MaxValue),
        Parameter.Int("n", 32, 256).Step(32),
        Parameter.Int("n", 5, 5).Step(100),
    ];

    private protected override Gen<Parameter<int>> Any =>
        from low in Numbers.Ints
        from step in Gen.Choose(1, 1000)
        from steps in Gen.Choose(0, 1_000_000)
        let count = Math.Min(steps, ((long)int.MaxValue - low) / step)
        select (Parameter<int>)Parameter.Int("n", low, (int)(low + count * step)).Step(step);
}

public sealed class LogSteppedIntLaws : ParameterLaws<int>
{
    private protected override Parameter<int>[] Extremes =>
    [
        Parameter.Int("n", 1, 10).Step(3).Log(),
        Parameter.Int("n", 1, int.MaxValue).Log().Step(2),
        Parameter.Int("n", 1, int.MaxValue).Log().Step(int.MaxValue - 1),
        Parameter.Int("n", 32, 256).Log().Step(32),
        Parameter.Int("n", 5, 5).Log().Step(100),
    ];

    private protected override Gen<Parameter<int>> Any =>
        from start in Numbers.Ints
        from step in Gen.Choose(1, 1000)
        from steps in Gen.Choose(0, 1_000_000)
        let low = Math.Max(1, start & int.MaxValue)
        let count = Math.Min(steps, ((long)int.MaxValue - low) / step)
        select (Parameter<int>)Parameter.Int("n", low, (int)(low + count * step)).Log().Step(step);
}
