using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using HyperOpt.Engine;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>One run: its workers, what ends it, and what comes of each trial.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing to dispose of, and trials left behind may look at it yet.")]
internal sealed class Run
{
    private const int DefaultTrials = 100;

    private readonly Study _study;
    private readonly StudyEngine _engine;
    private readonly Objective _objective;
    private readonly RunOptions _options;
    private readonly int? _lag;
    private readonly int _maxTrials;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Evaluation, byte> _underWay = new();
    private readonly RunTally _tally;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;
    private ExceptionDispatchInfo? _error;
    private int _claimed;
    private int _workers;

    public Run(Study study, StudyEngine engine, Objective objective, RunOptions options, int? lag, CancellationToken caller)
    {
        _study = study;
        _engine = engine;
        _objective = objective;
        _options = options;
        _lag = lag;
        _caller = caller;
        _maxTrials = options.Trials ?? (options.StudyTrials is null && options.Timeout is null && options.StopWhen is null ? DefaultTrials : int.MaxValue);
        _tally = new RunTally(study, engine.Time, options);
    }

    // Whether a trial may have to be left behind: then no worker may be the caller's own thread.
    private bool MayLeaveBehind =>
        _options.Grace != Timeout.InfiniteTimeSpan
        && (_options.TrialTimeLimit is not null || _options.Timeout is not null || _caller.CanBeCanceled);

    private bool IsOver => Volatile.Read(ref _reason) is not null;

    public async ValueTask<RunSummary> ExecuteAsync()
    {
        using var cancelled = _caller.UnsafeRegister(static run => ((Run)run!).Abort("the run was cancelled"), this);
        using var timeout = _engine.Time.CreateTimer(
            static run => ((Run)run!).Abort("the time is up"), this, _options.Timeout ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_objective.IsSynchronous && _options.Parallelism == 1 && !MayLeaveBehind)
        {
            Work();
        }
        else
        {
            _workers = _options.Parallelism;
            for (var worker = 0; worker < _options.Parallelism; worker++)
            {
                StartWorker();
            }

            await _done.Task.ConfigureAwait(false);
        }

        return Conclude();
    }

    private RunSummary Conclude()
    {
        var summary = _tally.Summarize(_reason ?? $"{_maxTrials} trials have begun");
        Log.RunEnded(_engine.Logger, _study.Name, _tally.Ended, summary.Reason);
        _error?.Throw();
        _caller.ThrowIfCancellationRequested();
        return summary;
    }

    private void StartWorker()
    {
        if (_objective.IsSynchronous)
        {
            // A thread of its own: the pool is not for work that keeps its thread.
            _ = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        else
        {
            _ = Task.Run(WorkAsync);
        }
    }

    // The two loops are one, for the two kinds of objective: a synchronous one stays on its thread, whatever it waits for.
    private void Work()
    {
        var mine = true;
        while (mine && Blocking.Wait(BeginAsync()) is { } evaluation)
        {
            mine = Blocking.Wait(EvaluateAsync(evaluation));
        }

        if (mine)
        {
            WorkerEnded();
        }
    }

    private async Task WorkAsync()
    {
        var mine = true;
        while (mine && await BeginAsync().ConfigureAwait(false) is { } evaluation)
        {
            mine = await EvaluateAsync(evaluation).ConfigureAwait(false);
        }

        if (mine)
        {
            WorkerEnded();
        }
    }

    private void WorkerEnded()
    {
        if (Interlocked.Decrement(ref _workers) == 0)
        {
            _done.TrySetResult();
        }
    }

    private async ValueTask<Evaluation?> BeginAsync()
    {
        if (IsOver || Interlocked.Increment(ref _claimed) > _maxTrials)
        {
            return null;
        }

        try
        {
            if (await TakeAsync().ConfigureAwait(false) is { } trial)
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

    private async ValueTask<LiveTrial?> TakeAsync()
    {
        while (!IsOver)
        {
            if (_options.StudyTrials is { } all && !await _engine.AwaitWorkAsync(all, _ending.Token).ConfigureAwait(false))
            {
                End($"the study has {all} trials");
                return null;
            }

            var approval = Approval.None;
            bool Approve(Horizon horizon) => (approval = Judge(horizon)) == Approval.Given;
            var trial = _lag is { } lag
                ? await _engine.StartInOrderAsync(lag, Approve, _tally.Begun, waits: true, _ending.Token).ConfigureAwait(false)
                : await _engine.StartAsync(Approve, _tally.Begun, _ending.Token).ConfigureAwait(false);
            if (trial is not null)
            {
                return trial;
            }

            if (approval == Approval.Given)
            {
                End("the sampler has nothing left to try");
            }
        }

        return null;
    }

    private Approval Judge(Horizon horizon)
    {
        if (horizon.Number >= _options.StudyTrials)
        {
            return Approval.Withheld; // another worker took the last one
        }

        if (_options.StopWhen is { } rule && rule.ReasonToStop(_tally.StatusAt(horizon)) is { } reason)
        {
            End(reason);
        }

        return IsOver ? Approval.Withheld : Approval.Given;
    }

    private Evaluation Watch(LiveTrial trial)
    {
        var evaluation = new Evaluation(trial, _engine.Time, _options.Grace, LeaveBehind);
        _underWay.TryAdd(evaluation, 0);
        if (_options.TrialTimeLimit is { } limit)
        {
            evaluation.StopAfter(limit);
        }

        if (_ending.IsCancellationRequested)
        {
            evaluation.Stop(isTimeUp: false);
        }

        return evaluation;
    }

    // False: the trial was left behind, and another worker has taken this one's place.
    private async ValueTask<bool> EvaluateAsync(Evaluation evaluation)
    {
        var outcome = await OutcomeAsync(evaluation.Trial).ConfigureAwait(false);
        if (evaluation.Trial.TryEnd(EndedBy.Evaluation))
        {
            await FinishAsync(evaluation, outcome(evaluation)).ConfigureAwait(false);
            return true;
        }

        Forget(evaluation);
        return evaluation.Trial.EndedBy != EndedBy.Neglect;
    }

    private async ValueTask<Func<Evaluation, Outcome>> OutcomeAsync(LiveTrial trial)
    {
        using var activity = Telemetry.Source.StartActivity("hyperopt.trial")?.SetTag("hyperopt.trial.number", trial.Number);
        var token = trial.Token;
        try
        {
            var values = await _objective.EvaluateAsync(trial, token).ConfigureAwait(false);
            var outcome = Outcome.Of(trial, values, _engine);
            return _ => outcome;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Stopped;
        }
        catch (Exception exception)
        {
            return _ => Outcome.Failed($"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    // What it means that a trial stopped because it was told to.
    private Outcome Stopped(Evaluation evaluation) =>
        evaluation.Trial.IsPruned ? Outcome.Pruned()
        : evaluation.IsTimeUp ? Outcome.Failed($"A trial must end within its time limit of {_options.TrialTimeLimit}, but this one did not.")
        : Outcome.Released(_reason ?? "the run ended");

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
            _tally.Add(ended);
            if (outcome.Exception is { } exception && _options.Tolerate?.Invoke(exception) != true)
            {
                Fail(exception);
            }
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
            Log.TrialThrew(_engine.Logger, exception, trial.Number, trial.Asked);
        }
        else if (outcome.State == TrialState.Failed)
        {
            Log.TrialFailed(_engine.Logger, trial.Number, outcome.Error!, trial.Asked);
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
            Interlocked.Increment(ref _workers);
            StartWorker();
        }

        _ = FinishLeftBehindAsync(evaluation);
    }

    private async Task FinishLeftBehindAsync(Evaluation evaluation)
    {
        await FinishAsync(evaluation, Stopped(evaluation)).ConfigureAwait(false);
        WorkerEnded();
    }

    /// <summary>No trial begins any more; those under way go on.</summary>
    private void End(string reason) => Interlocked.CompareExchange(ref _reason, reason, null);

    /// <summary>No trial begins any more; those under way are told to stop.</summary>
    private void Abort(string reason)
    {
        End(reason);
        _ending.Cancel();
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

    private enum Approval
    {
        None,
        Given,
        Withheld,
    }
}
