using FsCheck;
using FsCheck.Fluent;

namespace HyperOpt.Tests.Support;

/// <summary>Checks a law on generated cases, the same ones in every run.</summary>
internal static class Law
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20260101, 20260103);

    public static void Holds<T>(Gen<T> cases, Action<T> law) => Holds(cases.ToArbitrary(), 500, law);

    public static void Holds<T>(Arbitrary<T> cases, int count, Action<T> law) => Prop.ForAll(cases, law).Check(Fixed.WithMaxTest(count));
}
