using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Metrics and traces, all under the name "HyperOpt".</summary>
public sealed class TelemetryTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public void MetricsCountTrialsByStateAndMeasureTimes()
    {
        var measured = new ConcurrentBag<Measurement>();
        using var listener = Listen("metered", measured);
        var time = new ManualTime();
        Run("metered", time);

        Assert.Equal(6, Sum("hyperopt.trials.started"));
        Assert.Equal(0, Sum("hyperopt.trials.running"));
        Assert.Equal((3, 1, 1), (Sum("hyperopt.trials.ended", "Completed"), Sum("hyperopt.trials.ended", "Pruned"), Sum("hyperopt.trials.ended", "Failed")));
        Assert.Equal(5, measured.Count(one => one.Name == "hyperopt.trial.duration"));
        Assert.All(measured.Where(one => one.Name == "hyperopt.trial.duration"), one => Assert.Equal(2, one.Value)); // seconds, by the study's clock
        Assert.Equal(6, measured.Count(one => one.Name == "hyperopt.proposal.duration"));

        double Sum(string name, string? state = null) =>
            measured.Where(one => one.Name == name && (state is null || one.State == state)).Sum(one => one.Value);
    }

    [Fact]
    public void TracesHaveOneSpanForEachTrialAndProposal()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "HyperOpt",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var root = new Activity("test").Start();
        Run("traced", new ManualTime());

        var mine = spans.Where(span => span.TraceId == root.TraceId).ToArray();
        var trials = mine.Where(span => span.OperationName == "hyperopt.trial").OrderBy(span => (int)span.GetTagItem("hyperopt.trial.number")!).ToArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], trials.Select(span => span.GetTagItem("hyperopt.trial.number")));
        Assert.All(trials, span => Assert.Equal("traced", span.GetTagItem("hyperopt.study")));
        Assert.Equal([2], trials.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.GetTagItem("hyperopt.trial.number")));
        Assert.Equal(6, mine.Count(span => span.OperationName == "hyperopt.propose"));
    }

    // Three trials complete, one is pruned, one fails, one is given back.
    private static void Run(string name, ManualTime time)
    {
        using var cancel = new CancellationTokenSource();
        var study = new Study(new StudyOptions { Name = name, Space = [X], TimeProvider = time, Pruner = Pruner.From((_, _) => true) });
        var options = new RunOptions { Trials = 6, Tolerate = _ => true, Grace = Timeout.InfiniteTimeSpan };
        Assert.Throws<OperationCanceledException>(() => study.Optimize(
            (trial, token) =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                switch (trial.Number)
                {
                    case 1:
                        trial.Report(0, 1);
                        return trial.ShouldPrune ? 1 : 0;
                    case 2:
                        throw new FormatException();
                    case 5:
                        cancel.Cancel();
                        token.ThrowIfCancellationRequested();
                        return 0;
                    default:
                        return trial.Suggest(X);
                }
            },
            options, cancel.Token));
    }

    private static MeterListener Listen(string study, ConcurrentBag<Measurement> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "HyperOpt")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;

        // Other tests run beside this one.
        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = tags.ToArray().ToDictionary();
            if (named["study"] as string == study)
            {
                measured.Add(new Measurement(instrument.Name, value, named.GetValueOrDefault("state") as string));
            }
        }
    }

    private sealed record Measurement(string Name, double Value, string? State);
}
