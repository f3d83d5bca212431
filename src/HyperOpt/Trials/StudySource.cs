using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Trials;

/// <summary>What a study was told of another one when it was created: its trials, to begin from. Immutable.</summary>
/// <param name="Name">The other study's name.</param>
/// <param name="Trials">Trials of it that completed and were feasible.</param>
public sealed record StudySource(string Name, ImmutableArray<SourceTrial> Trials);

/// <summary>A trial of another study.</summary>
/// <param name="Parameters">The values that it had.</param>
/// <param name="Losses">Its result, of which less is better, one for each objective; finite.</param>
public sealed record SourceTrial(Configuration Parameters, ImmutableArray<double> Losses);
