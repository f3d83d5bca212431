using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Support;

/// <summary>A study that can be run in several ways which must all come to the same trials.</summary>
/// <param name="Sampler">Makes its sampler, for each run anew.</param>
internal sealed record ReproducibleStudy(Func<ISampler> Sampler)
{
    public const int Trials = 40;

    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);
    private static readonly IntParameter Depth = Parameter.Int("depth", 1, 9);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "plain", "fancy");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0.01, 1).Log();

    public IPruner Pruner { get; init; } = new MedianPruner { StartupTrials = 3 };

    /// <summary>Whether the space is declared; otherwise the objective defines it.</summary>
    public bool IsDeclared { get; init; } = true;

    public ulong Seed { get; init; } = 7;

    public int Lag { get; init; } = 8;

    /// <summary>Waits for 0 to 3 units of time.</summary>
    public Func<int, Task> Wait { get; init; } = static units => Task.Delay(units, CancellationToken.None);

    /// <summary>Runs the study from its beginning, and tells of each trial all that could differ.</summary>
    /// <param name="parallelism">How many workers there are.</param>
    /// <param name="delays">Which uneven delays the trials have; 0: none.</param>
    /// <param name="runs">How many trials each run has.</param>
    public async Task<string[]> RunAsync(int parallelism, int delays, params int[] runs)
    {
        var study = new Study(new StudyOptions
        {
            Space = IsDeclared ? [X, Depth, Kind, Momentum.When(Kind, "fancy")] : SearchSpace.Empty,
            Sampler = Sampler(),
            Pruner = Pruner,
            Seed = Seed,
            Lag = Lag,
        });
        foreach (var trials in runs)
        {
            await study.OptimizeAsync(
                (trial, _) => EvaluateAsync(trial, delays),
                new RunOptions { Trials = trials, Parallelism = parallelism }, TestContext.Current.CancellationToken);
        }

        return [.. study.Trials.Select(Fingerprint)];
    }

    private async Task<double> EvaluateAsync(ITrial trial, int delays)
    {
        var loss = Math.Pow(trial.Suggest(X) - 1, 2) + trial.Suggest(Depth);
        loss += trial.Suggest(Kind) == "fancy" ? trial.Suggest(Momentum) : 0.5;
        for (var step = 0; step < 5 && !trial.ShouldPrune; step++)
        {
            // Uneven, from the trial's number only, so that trials end in many orders.
            await Wait(delays == 0 ? 0 : (int)((ulong)(trial.Number * 2654435761L + step * 40503L + delays * 977L) % 4));
            trial.Report(step, loss * (2 - step / 5.0));
        }

        return loss;
    }

    private static string Fingerprint(FrozenTrial trial) => string.Join(
        "|", trial.Number, trial.State, trial.Parameters,
        string.Join(",", trial.Values.Select(BitConverter.DoubleToInt64Bits)), trial.Reports.Length);
}
