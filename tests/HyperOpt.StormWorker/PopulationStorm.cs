using System.Globalization;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.StormWorker;

/// <summary>A population that several processes train, some of which are killed: what each of them does, and what must come of it.</summary>
public static class PopulationStorm
{
    /// <summary>How many members there are.</summary>
    public const int Population = 6;

    /// <summary>How many gradient steps an interval has.</summary>
    public const int StepsOfInterval = 4;

    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-3, 1).Log();

    /// <summary>The study.</summary>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="artifacts">Where its checkpoints are kept.</param>
    /// <param name="generations">Whether it is trained in generations.</param>
    public static StudyOptions OptionsFor(IStorage storage, IArtifactStore artifacts, bool generations) => new()
    {
        Name = generations ? "generations" : "asynchronous",
        Space = [Rate],
        Sampler = new PopulationBasedSampler { Population = Population },
        Pruner = new NopPruner(),
        Storage = storage,
        Artifacts = artifacts,
        ArtifactPolicy = ArtifactPolicy.KeepBest(1).AndNewest(2 * Population),
        Seed = 5,
        MaxRetries = 1000,
    };

    /// <summary>Works on the study until it has so many trials.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trials">How many.</param>
    /// <param name="reproducible">Whether in generations.</param>
    /// <param name="pause">How long a gradient step takes.</param>
    /// <param name="begun">Called when the first interval has begun.</param>
    public static Task TrainAsync(Study study, int trials, bool reproducible, TimeSpan pause, Action begun)
    {
        ArgumentNullException.ThrowIfNull(begun);
        return study.TrainPopulationAsync(
            trial => new Weight(3 + trial.Number % 5, 0),
            async (weight, trial, token) =>
            {
                begun();
                for (var step = 0; step < StepsOfInterval; step++)
                {
                    await Task.Delay(pause, token).ConfigureAwait(false);
                    weight.Descend(trial.Suggest(Rate), Math.Sin(trial.Number * 13 + step * 7));
                }

                return weight.Value * weight.Value;
            },
            async (weight, stream, token) => await stream.WriteAsync((byte[])[.. BitConverter.GetBytes(weight.Value), .. BitConverter.GetBytes(weight.Steps)], token).ConfigureAwait(false),
            async (_, stream, token) => await ReadAsync(stream, token).ConfigureAwait(false),
            new RunOptions { StudyTrials = trials, Reproducible = reproducible });
    }

    /// <summary>How many gradient steps the checkpoint of a trial has seen; null if it is no longer kept.</summary>
    public static async Task<int?> StepsOfAsync(Study study, FrozenTrial trial, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Artifacts.IsEmpty)
        {
            return null;
        }

        var checkpoint = await study.OpenArtifactAsync(trial.Number, Artifact.Checkpoint, token).ConfigureAwait(false);
        await using (checkpoint.ConfigureAwait(false))
        {
            return (await ReadAsync(checkpoint, token).ConfigureAwait(false)).Steps;
        }
    }

    /// <summary>All of a trial that could differ between two studies that must be the same.</summary>
    public static string Fingerprint(FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return string.Create(CultureInfo.InvariantCulture, $"{trial.Number} {trial.State} {trial.Value:R} {trial.Parameters} {trial.Parent} {trial.ParentCheckpoint}");
    }

    private static async Task<Weight> ReadAsync(Stream stream, CancellationToken token)
    {
        var bytes = new byte[sizeof(double) + sizeof(int)];
        await stream.ReadExactlyAsync(bytes, token).ConfigureAwait(false);
        return new Weight(BitConverter.ToDouble(bytes), BitConverter.ToInt32(bytes, sizeof(double)));
    }

    private sealed class Weight(double value, int steps)
    {
        public double Value { get; private set; } = value;

        public int Steps { get; private set; } = steps;

        public void Descend(double rate, double noise)
        {
            Value -= rate * (Value + noise);
            Steps++;
        }
    }
}
