using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>What the study is, in the engine's terms.</summary>
internal sealed record EngineOptions
{
    public required string Name { get; init; }

    public required SearchSpace Space { get; init; }

    /// <summary>How the space came from the one that the study had.</summary>
    public ImmutableArray<SpaceChange> Evolution { get; init; } = [];

    /// <summary>What a new study is told of others.</summary>
    public Func<ImmutableArray<StudySource>> Sources { get; init; } = static () => [];

    public required ImmutableArray<double> Signs { get; init; }

    public required ISampler Sampler { get; init; }

    public required IPruner Pruner { get; init; }

    /// <summary>The seed of a new study; null: 0, or that of the study as it was created.</summary>
    public required ulong? Seed { get; init; }

    public required OpenMode Mode { get; init; }

    public required TimeSpan Lease { get; init; }

    public required int MaxRetries { get; init; }

    public required bool AvoidsDuplicates { get; init; }

    public required IStorage Storage { get; init; }

    public IArtifactStore? Artifacts { get; init; }

    public ArtifactPolicy ArtifactPolicy { get; init; } = ArtifactPolicy.KeepAll;

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }
}
