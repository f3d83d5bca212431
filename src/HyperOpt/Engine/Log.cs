using HyperOpt.Samplers;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>All that the library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Trial {Number} began with {Parameters}")]
    public static partial void TrialStarted(ILogger logger, int number, string parameters);

    [LoggerMessage(2, LogLevel.Information, "Trial {Number} ended as {State} with {Values}: {Parameters}")]
    public static partial void TrialEnded(ILogger logger, int number, TrialState state, string values, string parameters);

    [LoggerMessage(3, LogLevel.Error, "Trial {Number} failed with {Parameters}")]
    public static partial void TrialThrew(ILogger logger, Exception exception, int number, string parameters);

    [LoggerMessage(4, LogLevel.Warning, "Trial {Number} failed: {Error} ({Parameters})")]
    public static partial void TrialFailed(ILogger logger, int number, string error, string parameters);

    [LoggerMessage(5, LogLevel.Debug, "{Sampler} proposed for trial {Number} only what breaks a hard constraint or was tried before, {Count} times; searched without it")]
    public static partial void FellBack(ILogger logger, string sampler, int number, int count);

    [LoggerMessage(6, LogLevel.Warning, "Trial {Number} reported step {Step} again; the first report stands")]
    public static partial void ReportedAgain(ILogger logger, int number, int step);

    [LoggerMessage(7, LogLevel.Warning, "Trial {Number} was enqueued with {Parameter}={Value}, which does not fit {Domain}; it is sampled")]
    public static partial void DoesNotFit(ILogger logger, int number, string parameter, object value, object domain);

    [LoggerMessage(8, LogLevel.Warning, "Trial {Number} did not end within {Grace} after it was told to stop; it is left behind and its thread may go on")]
    public static partial void LeftBehind(ILogger logger, int number, TimeSpan grace);

    [LoggerMessage(9, LogLevel.Information, "Trial {Number} was given back, to be tried again: {Reason}")]
    public static partial void TrialReleased(ILogger logger, int number, string reason);

    [LoggerMessage(11, LogLevel.Warning, "The lease of this worker could not be renewed, or another's not be looked at; it is tried again")]
    public static partial void LeaseTrouble(ILogger logger, Exception exception);

    [LoggerMessage(13, LogLevel.Warning, "Trial {Number} (attempt {Attempt}) was taken from this worker, whose lease had run out; its result is not recorded")]
    public static partial void TrialLost(ILogger logger, int number, int attempt);

    [LoggerMessage(12, LogLevel.Information, "Study '{Study}' is opened with other definitions than its trials had: {Differences}")]
    public static partial void SpaceDiffers(ILogger logger, string study, string differences);

    [LoggerMessage(13, LogLevel.Debug, "Trial {Number} no longer keeps artifact '{Name}' (key {Key})")]
    public static partial void ArtifactDeleted(ILogger logger, int number, string name, string key);

    [LoggerMessage(14, LogLevel.Warning, "An artifact that is no longer kept could not be removed; it takes up room until it is tried again")]
    public static partial void ArtifactTrouble(ILogger logger, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "The space of study '{Study}' was changed, version {Version}: {Changes}")]
    public static partial void SpaceChanged(ILogger logger, string study, int version, string changes);

    [LoggerMessage(15, LogLevel.Debug, "What is proposed for trial {Number} comes of {Reason}")]
    public static partial void Explained(ILogger logger, int number, ProposalReason reason);

    [LoggerMessage(10, LogLevel.Information, "Run of study '{Study}' ended after {Trials} trials: {Reason}")]
    public static partial void RunEnded(ILogger logger, string study, int trials, string reason);
}
