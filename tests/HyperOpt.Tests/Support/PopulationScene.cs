using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>
/// Something to train: a weight that gradient steps lead to 0, and that noise keeps away from it, so that the best rate falls. All that it draws follows
/// from the trial's number.
/// </summary>
internal static class PopulationScene
{
    public const int Population = 4;

    public static FloatParameter Rate { get; } = Parameter.Float("rate", 1e-3, 1).Log();

    public static CategoricalParameter<string> Kind { get; } = Parameter.Categorical("kind", "plain", "damped");

    public static FloatParameter Damping { get; } = Parameter.Float("damping", 0, 0.9).When(Kind, "damped");

    public static StudyOptions Options(int population = Population) => new()
    {
        Space = [Rate, Kind, Damping],
        Sampler = new PopulationBasedSampler { Population = population },
        Pruner = new NopPruner(),
        Artifacts = new InMemoryArtifactStore(),
        Seed = 3,
    };

    public static FrozenTrial Train(Study study, int trials) => study.TrainPopulation(Create, Step, Save, Load, trials);

    public static Weight Create(ITrial trial) => new() { Value = 3 + trial.Number % 5 };

    public static double Step(Weight weight, ITrial trial)
    {
        var rate = trial.Suggest(Rate);
        var damping = trial.Suggest(Kind) == "damped" ? trial.Suggest(Damping) : 0;
        for (var step = 0; step < 5; step++)
        {
            weight.Value -= rate * (weight.Value + (1 - damping) * Math.Sin(trial.Number * 13 + step * 7));
            weight.Steps++;
        }

        return weight.Value * weight.Value;
    }

    public static void Save(Weight weight, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(weight.Value);
        writer.Write(weight.Steps);
        writer.Write(weight.Rate);
    }

    public static Weight Load(ITrial trial, Stream stream)
    {
        using var reader = new BinaryReader(stream);
        return new Weight { Value = reader.ReadDouble(), Steps = reader.ReadInt32(), Rate = reader.ReadDouble() };
    }

    public static byte[] Bytes(Weight weight)
    {
        using var content = new MemoryStream();
        Save(weight, content);
        return content.ToArray();
    }

    /// <summary>All of a trial that could differ between two studies that must be the same.</summary>
    public static string Fingerprint(FrozenTrial trial) => string.Join(
        "|", trial.Number, trial.State, trial.Parameters, trial.Parent, trial.ParentCheckpoint, trial.Artifacts.GetValueOrDefault(Artifact.Checkpoint)?.Hash,
        string.Join(",", trial.Values.Select(BitConverter.DoubleToInt64Bits)));

    public sealed class Weight
    {
        public double Value { get; set; }

        public int Steps { get; set; }

        /// <summary>What somebody who trains it wrongly keeps with it.</summary>
        public double Rate { get; set; }
    }
}
