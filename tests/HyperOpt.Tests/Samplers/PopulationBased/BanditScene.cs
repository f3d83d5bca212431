using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Samplers.PopulationBased;

/// <summary>
/// Four members and an optimum that drifts: in each of 30 intervals a member's loss falls by what is left of 1 after the distance of its three hyperparameters from
/// (0.2 + 0.02 t, 0.8 - 0.02 t, 0.5), four times squared, with noise of deviation 0.05.
/// </summary>
internal static class BanditScene
{
    public const int Population = 4;

    public const int Intervals = 30;

    public static SearchSpace Space { get; } = [Parameter.Float("a", 0, 1), Parameter.Float("b", 0, 1), Parameter.Float("c", 0, 1)];

    /// <summary>The least loss that a population comes to, from 0.</summary>
    public static double Best(Explore explore, ulong seed)
    {
        var sampler = new PopulationBasedSampler { Population = Population, Explore = explore };
        var ended = new List<Observation>();
        for (var time = 0; time < Intervals; time++)
        {
            var generation = new List<Observation>();
            for (var member = 0; member < Population; member++)
            {
                var history = TrialHistory.Create(Space, ended, generation, seed);
                var number = ended.Count + member;
                var proposal = sampler.Propose(Space, history, StreamSeed.Create(seed, number, "sampler"))!;
                generation.Add(new Observation { Number = number, State = TrialState.Running, Point = proposal.Point, Parent = proposal.Parent });
            }

            ended.AddRange(generation.Select(trial => Train(trial, trial.Parent is { } parent ? ended[parent].Losses[0] : 0, time, seed)).ToArray());
        }

        return ended.TakeLast(Population).Min(trial => trial.Losses[0]);
    }

    private static Observation Train(Observation trial, double loss, int time, ulong seed)
    {
        var random = StreamSeed.Create(seed, trial.Number, "noise");
        var noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        double[] optimum = [0.2 + 0.02 * time, 0.8 - 0.02 * time, 0.5];
        var distance = trial.Point.Zip(optimum, (at, best) => (at - best) * (at - best)).Sum();
        return trial with { State = TrialState.Completed, Losses = [loss - 1 + 4 * distance + 0.05 * noise] };
    }
}
