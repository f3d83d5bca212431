using HyperOpt.Trials;

namespace HyperOpt.Storage;

/// <summary>Reads an artifact, and throws instead of handing out its last bytes if they are not what was saved.</summary>
internal sealed class VerifyingStream : ObservedStream
{
    private readonly Artifact _artifact;
    private readonly int _trial;

    public VerifyingStream(Stream content, Artifact artifact, int trial)
        : base(content, ownsInner: true)
    {
        _artifact = artifact;
        _trial = trial;
        if (content.CanSeek && content.Length != artifact.Length)
        {
            var length = content.Length;
            content.Dispose();
            throw Differs($"{length} bytes instead of {artifact.Length}");
        }
    }

    /// <summary>What is read.</summary>
    public Artifact Artifact => _artifact;

    public override long Length => _artifact.Length;

    protected override void OnRead(bool isEnd)
    {
        if (Count > _artifact.Length)
        {
            throw Differs($"more than {_artifact.Length} bytes");
        }

        if (Count == _artifact.Length)
        {
            if (Hash is var hash && hash != _artifact.Hash)
            {
                throw Differs($"the SHA-256 {hash} instead of {_artifact.Hash}");
            }
        }
        else if (isEnd)
        {
            throw Differs($"{Count} bytes instead of {_artifact.Length}");
        }
    }

    private InvalidDataException Differs(string facts) =>
        new($"An artifact is read as it was saved, but '{_artifact.Name}' of trial {_trial} has {facts}. It was changed behind the library's back: bring it back from a copy, or do without it.");
}
