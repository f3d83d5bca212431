using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>Checks a pruner's settings where they are set.</summary>
internal static class Setting
{
    public static int AtLeast(int minimum, int value, [CallerMemberName] string name = "") =>
        value >= minimum
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} >= {minimum} must hold. Raise it.");

    public static double Within(double low, double high, double value, [CallerMemberName] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, value, Invariant($"{low} <= {name} <= {high} must hold. Correct it."));
}
