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

    /// <summary>Proposes what to try. Default <see cref="RandomSampler"/>.</summary>
    public ISampler Sampler { get; init; } = new RandomSampler();

    /// <summary>Gives up poor trials. Default null: <see cref="MedianPruner"/> with one objective, none with several. It acts only on what is reported.</summary>
    public IPruner? Pruner { get; init; }

    /// <summary>From which all chance comes: the same seed, and the same results, give the same trials. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Trial n learns from the results of the trials up to n - Lag, and knows what those between are trying. The same seed and Lag give
    /// the same trials with any number of workers up to Lag. Default null: the parallelism of each run.
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

    /// <summary>Where the study is kept. Default: in the memory of the process.</summary>
    public IStorage Storage { get; init; } = new InMemoryStorage();

    /// <summary>Who is told what happens. Default: nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
