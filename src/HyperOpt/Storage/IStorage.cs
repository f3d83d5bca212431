namespace HyperOpt.Storage;

/// <summary>Where studies are kept: each as a log of events.</summary>
public interface IStorage
{
    /// <summary>The log of a study; an empty one if there was none.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask<IStudyLog> OpenAsync(string study, CancellationToken token);
}
