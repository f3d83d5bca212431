using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperOpt;

/// <summary>What a study is. How a run of it goes is in <see cref="RunOptions"/>.</summary>
public sealed record StudyOptions
{
    /// <summary>Its name in the storage. Default "study".</summary>
    public string Name { get; init; } = "study";

    /// <summary>What may vary. Default empty: parameters join as objectives ask for them.</summary>
    public SearchSpace Space { get; init; } = SearchSpace.Empty;

    /// <summary>
    /// How <see cref="Space"/> came from the space that the study's trials had, in order: what was widened, added, renamed, dropped. Recorded in the study's log when it is opened;
    /// changes that are in force already are passed over, so the list may stay in the program and grow. Without effect on a study that has no trials. Default empty.
    /// </summary>
    public ImmutableArray<SpaceChange> Evolution
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// Studies to begin from: of the same or another storage, opened to work on or only to look at. When this study is created, their completed feasible trials (of each up to 500) are written into its
    /// log, and samplers that know how (<see cref="TpeSampler"/>, <see cref="GaussianProcessSampler"/>) begin with their best points and lean towards where they found good ones, as far as own
    /// results bear it out. Without effect on a study that exists: it knows what it was told at first. Default empty.
    /// </summary>
    public ImmutableArray<IStudy> WarmStart
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Which values are better, with one objective. Default <see cref="HyperOpt.Direction.Minimize"/>.</summary>
    public Direction Direction
    {
        get => Directions[0];
        init => Directions = [value];
    }

    /// <summary>Which values are better, one for each objective.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ImmutableArray<Direction> Directions
    {
        get;
        init => field = value.IsDefaultOrEmpty
            ? throw new ArgumentException("A study must have an objective, but Directions is empty. Give one direction for each.")
            : value;
    } = [Direction.Minimize];

    /// <summary>Proposes what to try. Default <see cref="AutoSampler"/>, which chooses among the others.</summary>
    public ISampler Sampler { get; init; } = new AutoSampler();

    /// <summary>Gives up poor trials. Default null: <see cref="CurvePruner"/> with one objective, none with several. It acts only on what is reported.</summary>
    public IPruner? Pruner { get; init; }

    /// <summary>
    /// From which all chance comes: the same seed, and the same results, give the same trials. Default null: 0 for a new study, its own for one
    /// that exists.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Trial n learns from the results of the trials up to n - Lag, and knows what those between are trying. The same seed and Lag give
    /// the same trials with any number of workers up to Lag. Default null: the parallelism of each run; for population-based training whole
    /// generations, with any number of workers (see <see cref="IPopulationSampler.Population"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? Lag
    {
        get;
        init => field = value is < 1
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= Lag must hold: a trial cannot learn from itself. Take 1 for a sequential study.")
            : value;
    }

    /// <summary>Whether a configuration may be tried again. Default <see cref="DuplicatePolicy.Avoid"/>.</summary>
    public DuplicatePolicy Duplicates { get; init; }

    /// <summary>Where the study is kept. Default null: in memory, by the <see cref="Study"/> object alone, so that the same options make another study each time.</summary>
    public IStorage? Storage { get; init; }

    /// <summary>
    /// Where the streams that trials save are kept. Default null: where the storage says, in memory for studies in memory, in a folder beside the file for
    /// studies in a file. A server's storage says nothing: name a folder that all workers reach.
    /// </summary>
    public IArtifactStore? Artifacts { get; init; }

    /// <summary>Which trials' artifacts are kept when trials end. Default <see cref="ArtifactPolicy.KeepAll"/>.</summary>
    public ArtifactPolicy ArtifactPolicy { get; init; } = ArtifactPolicy.KeepAll;

    /// <summary>Whether the study may, must or must not exist, and what may be done to it. Default <see cref="OpenMode.OpenOrCreate"/>.</summary>
    public OpenMode Mode { get; init; }

    /// <summary>
    /// How long a worker of another process may be silent before its trials are taken from it; workers renew it three times in that time. A worker
    /// on the same machine whose process is gone is noticed within a second. Matters in storages outside the process. Default 60 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 100 milliseconds.</exception>
    public TimeSpan Lease
    {
        get;
        init => field = value < TimeSpan.FromMilliseconds(100)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "100 ms <= Lease must hold: a busy worker must have time to renew it. Take some seconds.")
            : value;
    } = TimeSpan.FromSeconds(60);

    /// <summary>How often a trial is tried again, with the same parameters, when its worker dies; then it fails. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxRetries
    {
        get;
        init => field = value < 0
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= MaxRetries must hold. Take 0 to fail at once.")
            : value;
    } = 3;

    /// <summary>Who is told what happens. Default: nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
