using HyperOpt;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using QuickStart;

namespace PopulationBased;

/// <summary>Population-based training of a network on handwritten digits, and searches for constant hyperparameters that train for as many epochs.</summary>
/// <param name="digits">The images.</param>
/// <param name="seed">Decides everything.</param>
public sealed class DigitsComparison(Digits digits, ulong seed)
{
    /// <summary>How many members the population has.</summary>
    public const int Population = 16;

    /// <summary>How many epochs an interval has. Every method looks at its networks after each, and may choose any of them.</summary>
    public const int EpochsOfInterval = 4;

    /// <summary>How many intervals each member trains.</summary>
    public const int Intervals = 15;

    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 0.95);
    private static readonly FloatParameter Dropout = Parameter.Float("dropout", 0, 0.6);
    private static readonly FloatParameter Decay = Parameter.Float("weight_decay", 1e-6, 1e-1).Log();

    /// <summary>The learning rate.</summary>
    public static FloatParameter Rate { get; } = Parameter.Float("learning_rate", 1e-3, 1).Log();

    /// <summary>The epochs that each method may train.</summary>
    public static int Budget => Population * Intervals * EpochsOfInterval;

    private static SearchSpace Space => [Rate, Momentum, Dropout, Decay];

    /// <summary>Trains a population.</summary>
    public PopulationOutcome TrainPopulation()
    {
        var study = new Study(new StudyOptions
        {
            Space = Space,
            Sampler = new PopulationBasedSampler { Population = Population },
            Pruner = new NopPruner(),
            Seed = seed,
            ArtifactPolicy = ArtifactPolicy.KeepBest(1).AndNewest(2 * Population),
        });
        var best = study.TrainPopulation(Create, Step, (network, stream) => network.Save(stream), (_, stream) => DigitsNetwork.Load(stream), Population * Intervals);
        using var chosen = study.OpenArtifact(best.Number, Artifact.Checkpoint);
        var schedule = study.Schedule(best);
        return new PopulationOutcome(
            new Outcome(best.Value, DigitsNetwork.Load(chosen).Loss(digits.Test)), schedule, PopulationReplay.Run(schedule, Create, Step).IsExact);
    }

    /// <summary>Searches for constant hyperparameters, with networks that train for so many epochs each, within the budget.</summary>
    public Outcome Search(ISampler sampler, int epochs)
    {
        var study = new Study(new StudyOptions { Space = Space, Sampler = sampler, Pruner = new NopPruner(), Seed = seed });
        var best = study.Optimize(
            trial =>
            {
                var network = Create(trial);
                var (least, test) = (double.PositiveInfinity, double.PositiveInfinity);
                while (network.Epochs < epochs)
                {
                    var loss = Step(network, trial);
                    (least, test) = loss < least ? (loss, network.Loss(digits.Test)) : (least, test);
                }

                trial.SetAttribute("test", test);
                return least;
            },
            Budget / epochs);
        return new Outcome(best.Value, best.Attributes["test"].Number);
    }

    private DigitsNetwork Create(ITrial trial) => new((long)seed * 1000 + trial.Number);

    private double Step(DigitsNetwork network, ITrial trial)
    {
        var settings = new TrainingSettings(trial.Suggest(Rate), trial.Suggest(Momentum), trial.Suggest(Dropout), trial.Suggest(Decay));
        for (var epoch = 0; epoch < EpochsOfInterval; epoch++)
        {
            network.TrainOneEpoch(digits.Train, settings, seed: (trial.Number * 1000L + network.Epochs) * 1000 + (long)seed);
        }

        return network.Loss(digits.Validation);
    }
}

/// <summary>What a method came to.</summary>
/// <param name="Validation">The loss of the best network on the images by which it was chosen.</param>
/// <param name="Test">Its loss on images that nothing has seen.</param>
public sealed record Outcome(double Validation, double Test);

/// <summary>What population-based training came to.</summary>
/// <param name="Best">The best network.</param>
/// <param name="Schedule">How it came about.</param>
/// <param name="IsConfirmed">Whether a replay of the schedule on a fresh network had the same losses, bit for bit.</param>
public sealed record PopulationOutcome(Outcome Best, PopulationSchedule Schedule, bool IsConfirmed);
