using HyperOpt.Engine;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Artifacts for objectives that are not asynchronous.</summary>
public static class ArtifactExtensions
{
    /// <inheritdoc cref="ITrial.SaveArtifactAsync"/>
    public static void SaveArtifact(this ITrial trial, string name, Stream content)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Blocking.Wait(trial.SaveArtifactAsync(name, content));
    }

    /// <inheritdoc cref="ITrial.SaveCheckpointAsync"/>
    public static void SaveCheckpoint(this ITrial trial, Stream content)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Blocking.Wait(trial.SaveCheckpointAsync(content));
    }

    /// <inheritdoc cref="ITrial.OpenCheckpointAsync"/>
    public static Stream? OpenCheckpoint(this ITrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Blocking.Wait(trial.OpenCheckpointAsync());
    }

    /// <inheritdoc cref="IStudy.OpenArtifactAsync"/>
    public static Stream OpenArtifact(this IStudy study, int trial, string name)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.OpenArtifactAsync(trial, name));
    }
}
