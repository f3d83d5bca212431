using System.Diagnostics;
using System.Diagnostics.Metrics;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>Metrics and traces, all under the name "HyperOpt".</summary>
internal static class Telemetry
{
    public const string Name = "HyperOpt";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Started = Meter.CreateCounter<long>("hyperopt.trials.started", "{trial}", "Trials begun.");

    private static readonly Counter<long> Ended = Meter.CreateCounter<long>("hyperopt.trials.ended", "{trial}", "Trials ended, by state.");

    private static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>("hyperopt.trials.running", "{trial}", "Trials under way.");

    private static readonly Histogram<double> TrialTime = Meter.CreateHistogram<double>("hyperopt.trial.duration", "s", "How long trials took, by state.");

    private static readonly Histogram<double> ProposalTime = Meter.CreateHistogram<double>("hyperopt.proposal.duration", "s", "How long the sampler took for a proposal.");

    public static ActivitySource Source { get; } = new(Name);

    public static bool TimesProposals => ProposalTime.Enabled;

    /// <summary>The trace of an evaluation; null if nobody listens.</summary>
    public static Activity? StartTrial(string study, int number) =>
        Source.StartActivity("hyperopt.trial")?.SetTag("hyperopt.study", study).SetTag("hyperopt.trial.number", number);

    public static void TrialStarted(string study)
    {
        Started.Add(1, new KeyValuePair<string, object?>("study", study));
        Running.Add(1, new KeyValuePair<string, object?>("study", study));
    }

    public static void TrialEnded(string study, FrozenTrial trial)
    {
        Left(study);
        if (Ended.Enabled || TrialTime.Enabled)
        {
            var tags = new TagList { { "study", study }, { "state", trial.State.ToString() } };
            Ended.Add(1, tags);
            TrialTime.Record(trial.Duration?.TotalSeconds ?? 0, tags);
        }
    }

    /// <summary>A trial is no longer under way.</summary>
    public static void Left(string study) => Running.Add(-1, new KeyValuePair<string, object?>("study", study));

    public static void Proposed(string study, TimeSpan time) =>
        ProposalTime.Record(time.TotalSeconds, new KeyValuePair<string, object?>("study", study));
}
