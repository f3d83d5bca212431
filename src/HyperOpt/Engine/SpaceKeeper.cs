using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;

namespace HyperOpt.Engine;

/// <summary>Changes the study's space, and sees to it that trials begin only where the space in force is known.</summary>
internal sealed class SpaceKeeper(StudyEngine engine, EngineOptions options)
{
    private int _version;

    /// <summary>Makes the changes that the study is opened with, and compares what was declared to the space in force.</summary>
    /// <exception cref="ArgumentException">A change cannot be made.</exception>
    /// <exception cref="InvalidOperationException">What was declared is another space.</exception>
    public async ValueTask JoinAsync(CancellationToken token)
    {
        if (!options.Evolution.IsEmpty && engine.Ledger.Read(state => state.Count > 0 || state.Lineage.Version > 0))
        {
            await ChangeAsync(options.Evolution, options.Space, token).ConfigureAwait(false);
        }

        _version = engine.Ledger.Read(state => state.Lineage.Version);
        if (_version == 0)
        {
            SpaceComparison.Check(options.Name, options.Space, engine.Ledger.Read(state => state.ByCompletion), engine.Logger);
        }
        else
        {
            engine.Ledger.Read(state => SpaceComparison.CheckInForce(options.Name, options.Space, state.Lineage));
        }
    }

    /// <summary>Makes those changes that are not in force yet.</summary>
    /// <param name="changes">In their order.</param>
    /// <param name="token">Stops waiting for the storage.</param>
    /// <exception cref="ArgumentException">A change cannot be made.</exception>
    /// <exception cref="InvalidOperationException">The space has hard constraints, and would lose a parameter of theirs.</exception>
    public async ValueTask ChangeAsync(ImmutableArray<SpaceChange> changes, CancellationToken token)
    {
        if (options.Space.IsConstrained && changes.FirstOrDefault(change => change is ParameterRenamed or ParameterDropped) is { } change)
        {
            throw new InvalidOperationException(
                $"A hard constraint is code that reads parameters by name, so a study that has some is changed by opening it with its new space, but was told to {change}. Set StudyOptions.Space and StudyOptions.Evolution.");
        }

        await ChangeAsync(changes, SearchSpace.Empty, token).ConfigureAwait(false);
    }

    /// <summary>Throws if the space was changed by somebody else since this study was opened: this program knows nothing of it.</summary>
    /// <exception cref="InvalidOperationException">It was.</exception>
    public void EnsureCurrent()
    {
        var lineage = engine.Ledger.Read(state => state.Lineage);
        if (lineage.Version > Volatile.Read(ref _version))
        {
            throw new InvalidOperationException(
                $"Trials begin in the space in force, but that of study '{options.Name}' was changed by another process after this one opened it: now ({lineage.Space}). Trials under way are recorded; open the study again with that space.");
        }
    }

    private async ValueTask ChangeAsync(ImmutableArray<SpaceChange> changes, SearchSpace declared, CancellationToken token)
    {
        var known = Volatile.Read(ref _version);
        var isDone = false;
        try
        {
            while (!isDone)
            {
                var (plan, version, trials) = engine.Ledger.Read(state => (SpacePlan.Of(state, changes), state.Lineage.Version, state.Count));
                SpaceComparison.CheckPlan(options.Name, plan.Changes.IsEmpty ? SearchSpace.Empty : declared, plan.Space);
                isDone = plan.Changes.IsEmpty;
                Volatile.Write(ref _version, isDone ? version : version + 1); // before the log says so: trials of this process begin at any moment
                if (!isDone && await engine.Ledger.AppendAsync(new SpaceChanged(engine.Now, version + 1, trials, Declared(declared, plan.Space), plan.Changes), token).ConfigureAwait(false))
                {
                    Log.SpaceChanged(engine.Logger, options.Name, version + 1, string.Join("; ", plan.Changes));
                    isDone = true;
                }
            }
        }
        finally
        {
            if (!isDone)
            {
                Volatile.Write(ref _version, known);
            }
        }
    }

    // As it was declared, in that order; what only trials asked for follows.
    private static SearchSpace Declared(SearchSpace declared, SearchSpace planned) => declared.Count == 0
        ? planned
        : planned.Where(parameter => declared.IndexOf(parameter.Name) < 0).Aggregate(declared, (space, parameter) => space.Extend(parameter));
}
