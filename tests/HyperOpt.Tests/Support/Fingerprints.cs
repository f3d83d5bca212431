using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>All of a trial that is to be reproduced, as text.</summary>
internal static class Fingerprints
{
    public static string[] Of(IStudy study) => [.. study.Trials.Select(Of)];

    private static string Of(FrozenTrial trial) => string.Join(
        "|", trial.Number, trial.State, trial.Parameters,
        string.Join(",", trial.Values.Select(BitConverter.DoubleToInt64Bits)), trial.Reports.Length);
}
