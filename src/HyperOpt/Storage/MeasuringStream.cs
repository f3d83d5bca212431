using HyperOpt.Trials;

namespace HyperOpt.Storage;

/// <summary>Measures a stream while a store reads it.</summary>
internal sealed class MeasuringStream(Stream content) : ObservedStream(content, ownsInner: false)
{
    /// <summary>What was read.</summary>
    public Artifact ToArtifact(string name, ArtifactKey key) => new(name, Count, Hash, key.ToString());
}
