using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>
/// The artifacts of a study's trials. Store and log cannot change at once, so the log rules: a stream counts when the log tells of it, and is removed
/// once the log no longer does. What a crash leaves between the two is cleaned away before the first save of a later worker.
/// </summary>
internal sealed class ArtifactKeeper(StudyEngine engine, IArtifactStore? store, ArtifactPolicy policy)
{
    private int _hasSwept;

    private IArtifactStore Store => store ?? throw new InvalidOperationException(
        $"Artifacts are kept in a store, but the storage of study '{engine.Name}' has none. Set StudyOptions.Artifacts, for example to a FileArtifactStore over a folder that all workers reach.");

    private string StudyId => engine.Ledger.Read(state => state.Created!.Id);

    /// <summary>Keeps a stream with a trial, in place of the one of that name.</summary>
    public async ValueTask SaveAsync(LiveTrial trial, ArtifactKey key, string name, Stream content, CancellationToken token)
    {
        await SweepAsync(token).ConfigureAwait(false);
        using var measured = new MeasuringStream(content);
        await Store.WriteAsync(StudyId, key.ToString(), measured, token).ConfigureAwait(false);

        // Only the holder of the trial replaces its artifacts, so what is read here is what the event replaces.
        var replaced = Find(trial.Number, name);
        var artifact = measured.ToArtifact(name, key);
        await engine.Ledger.AppendAsync(new ArtifactSaved(engine.Now, trial.Number, trial.Attempt, artifact), CancellationToken.None).ConfigureAwait(false);
        var counts = Find(trial.Number, name) == artifact;
        if ((counts ? replaced : artifact) is { } obsolete)
        {
            await DiscardAsync(trial.Number, obsolete).ConfigureAwait(false);
        }

        if (!counts)
        {
            throw new InvalidOperationException(
                $"A trial's artifacts are saved by the worker that holds it, but trial {trial.Number} (attempt {trial.Attempt}) has ended or was taken away. '{name}' was not kept; stop working on the trial.");
        }
    }

    /// <summary>Opens what a trial saved under a name; null if it has nothing of that name.</summary>
    public async ValueTask<VerifyingStream?> TryOpenAsync(int trial, string name, CancellationToken token)
    {
        Artifact? missing = null;
        while (Find(trial, name) is { } artifact)
        {
            if (await Store.OpenAsync(StudyId, artifact.Key, token).ConfigureAwait(false) is { } content)
            {
                return new VerifyingStream(content, artifact, trial);
            }

            if (artifact == missing)
            {
                throw new FileNotFoundException(
                    $"An artifact that the log tells of is in the store, but '{name}' of trial {trial} ({artifact.Length} bytes, key {artifact.Key}) is not. Was the study opened with another artifact store, or the file removed by hand?");
            }

            // It may have been replaced or deleted since the log was last read.
            missing = artifact;
            await engine.Ledger.RefreshAsync(token).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Opens the newest checkpoint of a trial or of an earlier attempt at it, else that of its parent. An interval of a population is done again as a whole.</summary>
    public async ValueTask<Stream?> TryOpenCheckpointAsync(LiveTrial trial, CancellationToken token)
    {
        if ((!engine.TrainsPopulation || IsOfAttempt(trial)) && await TryOpenAsync(trial.Number, Artifact.Checkpoint, token).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        if (trial.Parent is not { } parent)
        {
            return null;
        }

        var inherited = await TryOpenAsync(parent.Number, Artifact.Checkpoint, token).ConfigureAwait(false);
        if (inherited is not null)
        {
            trial.Inherit(inherited);
        }
        else if (engine.Population is { } population)
        {
            throw new InvalidOperationException(
                $"A trial of a population goes on from its parent's checkpoint, but that of trial {parent.Number} is gone when trial {trial.Number} needs it. "
                + $"The ArtifactPolicy deleted it, or the study was imported without its artifacts: keep the newest {2 * population} at the least (ArtifactPolicy.KeepBest(1).AndNewest({2 * population})), or copy studies instead.");
        }

        return inherited;
    }

    /// <summary>Deletes what the policy no longer keeps. Any number of processes may do it at once: the log takes it in once.</summary>
    public async ValueTask ApplyPolicyAsync()
    {
        if (policy.Best is not { } best || store is null)
        {
            return;
        }

        try
        {
            foreach (var (trial, artifact) in engine.Ledger.Read((state, count) => ArtifactRetention.Doomed(state, count.Best, count.Newest, engine.Signs), (Best: best, policy.Newest)))
            {
                await engine.Ledger.AppendAsync(new ArtifactDeleted(engine.Now, trial, artifact.Name), CancellationToken.None).ConfigureAwait(false);
                if (Find(trial, artifact.Name) is null)
                {
                    await DiscardAsync(trial, artifact).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The trial has ended all the same; the next one to end tries again.
            Log.ArtifactTrouble(engine.Logger, exception);
        }
    }

    // A key whose attempt is over can no longer come into the log. The keys are listed first, so the log that is read next has their trials.
    private async ValueTask SweepAsync(CancellationToken token)
    {
        if (Interlocked.Exchange(ref _hasSwept, 1) == 1)
        {
            return;
        }

        var keys = await Store.ListAsync(StudyId, token).ConfigureAwait(false);
        if (keys.IsEmpty)
        {
            return;
        }

        await engine.Ledger.RefreshAsync(token).ConfigureAwait(false);
        foreach (var key in keys)
        {
            if (ArtifactKey.TryParse(key, out var parsed) && engine.Ledger.Read(IsLeftOver, parsed))
            {
                await DiscardAsync(parsed.Trial, new Artifact("", 0, "", key)).ConfigureAwait(false);
            }
        }
    }

    private static bool IsLeftOver(StudyState state, ArtifactKey key) =>
        key.Trial < state.Count
        && state[key.Trial] is var record
        && (record.Ended is not null || key.Attempt < record.Attempt)
        && !record.Artifacts.Values.Any(artifact => artifact.Key == key.ToString());

    private bool IsOfAttempt(LiveTrial trial) =>
        Find(trial.Number, Artifact.Checkpoint) is { } own && ArtifactKey.TryParse(own.Key, out var key) && key.Attempt == trial.Attempt;

    private Artifact? Find(int trial, string name) => engine.Ledger.Read(
        (state, at) => at.Trial >= 0 && at.Trial < state.Count ? state[at.Trial].Artifacts.GetValueOrDefault(at.Name) : null, (Trial: trial, Name: name));

    private async ValueTask DiscardAsync(int trial, Artifact artifact)
    {
        try
        {
            await Store.DeleteAsync(StudyId, artifact.Key, CancellationToken.None).ConfigureAwait(false);
            Log.ArtifactDeleted(engine.Logger, trial, artifact.Name, artifact.Key);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It takes up room, and nothing else; a later worker cleans it away.
            Log.ArtifactTrouble(engine.Logger, exception);
        }
    }
}
