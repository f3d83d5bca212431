using System.Collections.Immutable;
using System.Globalization;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>All that an event says, as text: two events are equal if these are. Numbers stand as their bits.</summary>
internal static class EventText
{
    public static string Of(StudyEvent entry) => $"{entry.GetType().Name} {Of(entry.At)} " + entry switch
    {
        StudyCreated created => $"{created.Id} {created.Seed} {Of(created.Signs)} {string.Join("; ", created.Sources.Select(source => $"{source.Name}: {string.Join(", ", source.Trials.Select(trial => $"{Of(trial.Parameters)} {Of(trial.Losses)}"))}"))}",
        StudyAttributeSet set => $"{set.Name}={Of(set.Value)}",
        SpaceChanged changed => $"{changed.Version} {changed.Trials} ({changed.Space}) {string.Join("; ", changed.Changes)}",
        TrialEnqueued enqueued => $"{enqueued.Number} {Of(enqueued.Fixed)}",
        TrialStarted started => $"{started.Number} {started.Attempt} {started.Worker} {started.IsNew} {Of(started.Proposed)} {started.Parent} {Of(started.Reason)}",
        TrialProposed proposed => $"{proposed.Number} {Of(proposed.Proposed)} {proposed.Parent} {Of(proposed.Reason)}",
        TrialReported reported => $"{reported.Number} {reported.Attempt} {Of(reported.Report)}",
        TrialReleased released => $"{released.Number} {released.Attempt} {released.Reason} {released.IsLost}",
        TrialEnded ended => $"{ended.Number} {ended.Attempt} {ended.State} {Of(ended.Values)} {Of(ended.Parameters)} {Of(ended.Constraints)} {Of(ended.Attributes)} {ended.Error} {Of(ended.Pruning)}",
        WorkerAlive alive => alive.Worker,
        ArtifactSaved saved => $"{saved.Number} {saved.Attempt} {saved.Artifact}",
        ArtifactDeleted deleted => $"{deleted.Number} {deleted.Name}",
        TrialRestored restored => $"{Of(restored.Trial)} {restored.Attempt} {restored.Lost} {restored.Worker} {Of(restored.Proposed)} {Of(restored.Fixed)}",
        _ => throw new ArgumentException(entry.GetType().Name),
    };

    public static string Of(FrozenTrial trial) =>
        $"{trial.Number} {trial.State} {Of(trial.Values)} {Of(trial.Parameters)} [{string.Join(";", trial.Reports.Select(Of))}] {Of(trial.Attributes)} {Of(trial.Constraints)} "
        + $"[{string.Join(";", trial.Artifacts)}] {trial.Parent} {Of(trial.Reason)} {trial.Worker} {trial.Retries} {trial.Error} {Of(trial.Pruning)} {Of(trial.StartedAt)} {Of(trial.FinishedAt)}";

    public static string Of(Configuration? configuration) => configuration is null ? "null" : "{" + string.Join(", ", configuration.Space.Select((parameter, axis) =>
        $"{parameter} {string.Join("&", parameter.Conditions)} is {Of(configuration.Codes[axis])} {(double.IsNaN(configuration.Codes[axis]) ? "" : parameter.TextOf(configuration.Codes[axis]))}")) + $"}} v{configuration.Version}";

    public static string Of(PruningDecision? decision) => decision is null
        ? "null"
        : $"{decision.Rule}@{decision.Step}: {decision.Reason} [{string.Join(";", decision.Figures.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}]";

    private static string Of(ProposalReason? reason) => reason is null
        ? "null"
        : $"{reason.Strategy} {reason.Choice} {reason.Model} {reason.Fallback} [{string.Join(";", new[] { reason.Acquisition, reason.Mean, reason.Spread }.Select(number => number is { } given ? Of(given) : "null"))}]";

    private static string Of(Report report) => $"{report.Step}:{Of(report.Values)}";

    private static string Of(DateTimeOffset? at) => at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Of(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture);

    private static string Of(ImmutableArray<double> numbers) => $"[{string.Join(",", numbers.Select(Of))}]";

    private static string Of(AttributeValue value) => value.Text is { } text ? "text " + text : value.Truth is { } truth ? "truth " + truth : "number " + Of(value.Number);

    private static string Of(ImmutableSortedDictionary<string, AttributeValue> attributes) => $"[{string.Join(";", attributes.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}]";
}
