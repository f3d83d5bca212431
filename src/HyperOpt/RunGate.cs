using HyperOpt.Engine;

namespace HyperOpt;

/// <summary>Where a run's workers get their trials, as long as there is one for them.</summary>
/// <param name="engine">Begins them.</param>
/// <param name="options">Says when to end.</param>
/// <param name="tally">Counts them.</param>
/// <param name="lag">How far behind a trial's knowledge is; null when results count as soon as they are there.</param>
/// <param name="isOver">Whether the run has ended.</param>
/// <param name="end">Ends it, for a reason.</param>
/// <param name="stop">Ends it because the rule says so, for a reason.</param>
internal sealed class RunGate(StudyEngine engine, RunOptions options, RunTally tally, Lag? lag, Func<bool> isOver, Action<string> end, Action<string> stop)
{
    private enum Approval
    {
        None,
        Given,
        Withheld,
    }

    /// <summary>The next trial; null when the run is over.</summary>
    public async ValueTask<LiveTrial?> TakeAsync(CancellationToken token)
    {
        while (!isOver())
        {
            if (options.StudyTrials is { } all && !await engine.AwaitWorkAsync(all, token).ConfigureAwait(false))
            {
                end($"the study has {all} trials");
                return null;
            }

            var approval = Approval.None;
            bool Approve(Horizon horizon) => (approval = Judge(horizon)) == Approval.Given;
            var trial = lag is { } behind
                ? await engine.Starter.StartInOrderAsync(behind, Approve, tally.Begun, waits: true, token).ConfigureAwait(false)
                : await engine.Starter.StartAsync(options.StudyTrials ?? int.MaxValue, Approve, tally.Begun, waits: true, token).ConfigureAwait(false);
            if (trial is not null)
            {
                return trial;
            }

            if (approval == Approval.Given)
            {
                end("the sampler has nothing left to try");
            }
        }

        return null;
    }

    private Approval Judge(Horizon horizon)
    {
        if (horizon.Number >= options.StudyTrials)
        {
            return Approval.Withheld; // another worker took the last one
        }

        if (options.StopWhen is { } rule && rule.ReasonToStop(tally.StatusAt(horizon)) is { } reason)
        {
            stop(reason);
        }

        return isOver() ? Approval.Withheld : Approval.Given;
    }
}
