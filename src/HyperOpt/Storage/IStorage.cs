using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>Where studies are kept: each as a log of events. Safe for concurrent use.</summary>
public interface IStorage
{
    /// <summary>Where the artifacts of its studies are kept, unless a study says otherwise; null: nowhere.</summary>
    IArtifactStore? Artifacts => null;

    /// <summary>Opens the log of a study at its beginning.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="mode">Whether it may, must or must not exist, and what may be done to it.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name, and the mode does not create one.</exception>
    ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token);

    /// <summary>The names of all studies, in ordinal order.</summary>
    /// <param name="token">Stops waiting.</param>
    ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token);

    /// <summary>Deletes a study for good; whoever works on it is told at the next call.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="token">Stops waiting.</param>
    /// <returns>False if there was none.</returns>
    ValueTask<bool> DeleteAsync(string study, CancellationToken token);

    /// <summary>Gives a study another name; whoever works on it goes on.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="name">The new name.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">The new name is taken.</exception>
    ValueTask RenameAsync(string study, string name, CancellationToken token);
}
