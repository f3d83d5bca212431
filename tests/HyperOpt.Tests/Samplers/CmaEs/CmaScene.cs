using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Samplers.CmaEs;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Samplers.CmaEs;

/// <summary>What the tests of the strategy share.</summary>
internal static class CmaScene
{
    public static readonly CmaEsSettings Plain = new(null, 1.0 / 6, CmaEsRestarts.None, false, 0);

    public static SearchSpace Floats(int count) => [.. Enumerable.Range(0, count).Select(axis => Parameter.Float($"x{axis}", 0, 1))];

    public static Observation Completed(int number, IEnumerable<double> point, double loss) =>
        new() { Number = number, State = TrialState.Completed, Point = [.. point], Losses = [loss] };

    /// <summary>A fold, fed with steps that a formula makes around its own mean, and judged by a quadratic.</summary>
    public static SearchFold Fed(int dimensions, int generations, CmaEsSettings settings)
    {
        var fold = new SearchFold(new SearchAxes(Floats(dimensions)), settings with { Population = StrategyConstants.PopulationFor(dimensions) }, 1, []);
        var number = 0;
        for (var generation = 0; generation < generations; generation++)
        {
            var from = fold.State.Gaussian!;
            for (var k = 0; k < fold.State.Regime.Population; k++, number++)
            {
                double[] x = [.. Enumerable.Range(0, dimensions).Select(j => from.Mean[j] + from.Sigma * 0.6 * Math.Sin(12.9898 * (number + 1) * (j + 1)))];
                fold.Take(Completed(number, x, x.Select((u, j) => (j + 1) * (j + 1) * (u - 0.3) * (u - 0.3)).Sum() + (x[0] - 0.3) * (x[1] - 0.3)));
            }
        }

        return fold;
    }

    /// <summary>How many trials a study of a function over [0,1] needs until a loss is reached; the limit if it does not reach it.</summary>
    public static int TrialsTo(double target, Func<double[], double> loss, SearchSpace space, CmaEsSampler sampler, ulong seed, int limit, int lag = 1)
    {
        using var study = new Study(new StudyOptions { Space = space, Sampler = sampler, Seed = seed, Lag = lag });
        var (count, reached) = (0, 0);
        study.Optimize(
            trial =>
            {
                count++;
                var value = loss([.. space.Select(parameter => parameter switch
                {
                    FloatParameter real => trial.Suggest(real),
                    IntParameter whole => trial.Suggest(whole),
                    _ => 0,
                })]);
                reached = reached == 0 && value <= target ? count : reached;
                return value;
            },
            new RunOptions { Trials = limit, StopWhen = Stop.WhenReached(target) });
        return reached == 0 ? limit : reached;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    public static double Median(int seeds, Func<ulong, double> measure) => Median(Enumerable.Range(0, seeds).Select(seed => measure((ulong)seed)));

    public static double[] Uniform(int count, ulong seed)
    {
        var random = new Xoshiro256StarStar(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }
}
