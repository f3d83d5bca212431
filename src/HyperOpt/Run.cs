using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using HyperOpt.Engine;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>One run: what ends it, and what comes of each trial.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing to dispose of, and trials left behind may look at it yet.")]
internal sealed class Run
{
    private const int DefaultTrials = 100;

    private readonly Study _study;
    private readonly StudyEngine _engine;
    private readonly Objective _objective;
    private readonly RunOptions _options;
    private readonly RunGate _gate;
    private readonly int _maxTrials;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ending = new(); // no trial begins any more
    private readonly ConcurrentDictionary<Evaluation, byte> _underWay = new();
    private readonly RunTally _tally;
    private readonly RunWorkers _workers;
    private string? _reason;
    private string? _rule; // the reason, if it is that of the rule to stop by
    private ExceptionDispatchInfo? _error;
    private int _claimed;
    private volatile bool _isAborted; // trials under way are told to stop

    public Run(Study study, StudyEngine engine, Objective objective, RunOptions options, Lag? lag, CancellationToken caller)
    {
        _study = study;
        _engine = engine;
        _objective = objective;
        _options = options;
        _caller = caller;
        _maxTrials = options.Trials ?? (options.StudyTrials is null && options.Timeout is null && options.StopWhen is null ? DefaultTrials : int.MaxValue);
        _tally = new RunTally(study, engine.Time, options);
        _gate = new RunGate(engine, options, _tally, lag, () => IsOver, End, Stop);
        _workers = new RunWorkers(objective.IsSynchronous, BeginAsync, EvaluateAsync);
    }

    // Whether a trial may have to be left behind: then no worker may be the caller's own thread.
    private bool MayLeaveBehind =>
        _options.Grace != Timeout.InfiniteTimeSpan
        && (_options.TrialTimeLimit is not null || _options.Timeout is not null || _caller.CanBeCanceled);

    private bool IsOver => Volatile.Read(ref _reason) is not null || _caller.IsCancellationRequested;

    public async ValueTask<RunSummary> ExecuteAsync()
    {
        using var cancelled = _caller.UnsafeRegister(static run => ((Run)run!).Abort("the run was cancelled"), this);
        using var timeout = _engine.Time.CreateTimer(
            static run => ((Run)run!).Abort("the time is up"), this, _options.Timeout ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_objective.IsSynchronous && _options.Parallelism == 1 && !MayLeaveBehind)
        {
            _workers.WorkHere();
        }
        else
        {
            await _workers.WorkAsync(_options.Parallelism).ConfigureAwait(false);
        }

        await NoteStopAsync().ConfigureAwait(false);
        return Conclude();
    }

    // That a search was not worth going on with belongs to the study's record; that it was interrupted does not.
    private async ValueTask NoteStopAsync()
    {
        if (_rule is { } reason && _error is null && ReferenceEquals(reason, _reason))
        {
            await _study.SetAttributeAsync(RunSummary.StopAttribute, $"after {_study.Trials.Count} trials: {reason}").ConfigureAwait(false);
        }
    }

    private RunSummary Conclude()
    {
        var summary = _tally.Summarize(_reason ?? $"{_maxTrials} trials have begun");
        Log.RunEnded(_engine.Logger, _study.Name, _tally.Ended, summary.Reason);
        _error?.Throw();
        _caller.ThrowIfCancellationRequested();
        return summary;
    }

    private async ValueTask<Evaluation?> BeginAsync()
    {
        if (IsOver || Interlocked.Increment(ref _claimed) > _maxTrials)
        {
            return null;
        }

        try
        {
            if (await _gate.TakeAsync(_ending.Token).ConfigureAwait(false) is { } trial)
            {
                return Watch(trial);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return null;
    }

    private Evaluation Watch(LiveTrial trial)
    {
        var evaluation = new Evaluation(trial, _engine.Time, _options.Grace, LeaveBehind);
        _underWay.TryAdd(evaluation, 0);
        if (_options.TrialTimeLimit is { } limit)
        {
            evaluation.StopAfter(limit);
        }

        if (_isAborted)
        {
            evaluation.Stop(isTimeUp: false);
        }

        return evaluation;
    }

    // False: the trial was left behind, and another worker has taken this one's place.
    private async ValueTask<bool> EvaluateAsync(Evaluation evaluation)
    {
        var outcome = await OutcomeAsync(evaluation).ConfigureAwait(false);
        if (evaluation.Trial.TryEnd(EndedBy.Evaluation))
        {
            await FinishAsync(evaluation, outcome).ConfigureAwait(false);
            return true;
        }

        Forget(evaluation);
        return evaluation.Trial.EndedBy != EndedBy.Neglect;
    }

    private async ValueTask<Outcome> OutcomeAsync(Evaluation evaluation)
    {
        var trial = evaluation.Trial;
        var token = trial.Token;
        using var activity = Telemetry.StartTrial(_study.Name, trial.Number);
        try
        {
            token.ThrowIfCancellationRequested();
            var values = await _objective.EvaluateAsync(trial, token).ConfigureAwait(false);
            return Outcome.Of(trial, values, _engine);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested || _caller.IsCancellationRequested)
        {
            // An objective may also watch the caller's token itself, and hear of it before the run does.
            return Stopped(evaluation);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, exception.Message);
            return Outcome.Failed($"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    // What it means that a trial stopped because it was told to.
    private Outcome Stopped(Evaluation evaluation) =>
        evaluation.Trial.IsPruned ? Outcome.Pruned()
        : evaluation.IsTimeUp ? Outcome.Failed($"A trial must end within its time limit of {_options.TrialTimeLimit}, but this one did not.")
        : Outcome.Released(_reason ?? "the run was cancelled");

    private async ValueTask FinishAsync(Evaluation evaluation, Outcome outcome)
    {
        Forget(evaluation);
        try
        {
            if (outcome.IsReleased)
            {
                await _engine.ReleaseAsync(evaluation.Trial, outcome.Error!).ConfigureAwait(false);
                _tally.Released();
                return;
            }

            LogFailure(evaluation.Trial, outcome);
            var ended = await _engine.EndAsync(evaluation.Trial, outcome.State, outcome.Values, outcome.Error).ConfigureAwait(false);
            if (ended is null)
            {
                // Taken away: whoever took it sees to it, and an exception may come of just that.
                _tally.Released();
                return;
            }

            if (outcome.Exception is { } exception && _options.Tolerate?.Invoke(exception) != true)
            {
                Fail(exception);
            }

            _tally.Add(ended);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Forget(Evaluation evaluation)
    {
        _underWay.TryRemove(evaluation, out _);
        evaluation.Dispose();
    }

    private void LogFailure(LiveTrial trial, Outcome outcome)
    {
        if (outcome.Exception is { } exception)
        {
            Log.TrialThrew(_engine.Logger, exception, trial.Number, trial.Asked.ToString());
        }
        else if (outcome.State == TrialState.Failed)
        {
            Log.TrialFailed(_engine.Logger, trial.Number, outcome.Error!, trial.Asked.ToString());
        }
    }

    // A trial that did not stop when told to: the run goes on without it.
    private void LeaveBehind(Evaluation evaluation)
    {
        if (!evaluation.Trial.TryEnd(EndedBy.Neglect))
        {
            return;
        }

        Log.LeftBehind(_engine.Logger, evaluation.Trial.Number, _options.Grace);
        if (!IsOver)
        {
            _workers.StartAnother();
        }

        _ = FinishLeftBehindAsync(evaluation);
    }

    private async Task FinishLeftBehindAsync(Evaluation evaluation)
    {
        await FinishAsync(evaluation, Stopped(evaluation)).ConfigureAwait(false);
        _workers.Ended();
    }

    /// <summary>No trial begins any more, and no worker waits to begin one; trials under way go on.</summary>
    private void End(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _ending.Cancel();
    }

    /// <summary>The rule to stop by says so.</summary>
    private void Stop(string reason)
    {
        Interlocked.CompareExchange(ref _rule, reason, null);
        End(reason);
    }

    /// <summary>No trial begins any more; those under way are told to stop.</summary>
    private void Abort(string reason)
    {
        _isAborted = true;
        End(reason);
        foreach (var evaluation in _underWay.Keys)
        {
            evaluation.Stop(isTimeUp: false);
        }
    }

    private void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(exception), null);
        End($"{exception.GetType().Name} was thrown");
    }
}
