using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks;

/// <summary>What all measurements of overhead do: random search over ten parameters, by an objective that costs nothing.</summary>
internal static class Workload
{
    /// <summary>How many trials stand in the studies of a measurement, whatever the history of each.</summary>
    public const int TrialsInAll = 100_000;

    private static readonly FloatParameter[] Parameters = [.. Enumerable.Range(0, 10).Select(i => Parameter.Float($"x{i}", -1, 1))];

    /// <summary>What they search.</summary>
    public static IEnumerable<Parameter> Space => Parameters;

    /// <summary>As many studies with a history as make up <see cref="TrialsInAll"/>, so that a tenth more trials is always the same number.</summary>
    public static Study[] Studies(int history)
    {
        var studies = new Study[TrialsInAll / history];
        for (var i = 0; i < studies.Length; i++)
        {
            studies[i] = new Study(new StudyOptions { Space = [.. Parameters], Sampler = new RandomSampler(), Seed = (ulong)i });
            AskAndTell(studies[i], history);
        }

        return studies;
    }

    /// <summary>Trials by <c>Ask</c>, ten times <c>Suggest</c>, and <c>Tell</c>.</summary>
    public static void AskAndTell(Study study, int trials)
    {
        for (var i = 0; i < trials; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, Sphere(trial, Parameters));
        }
    }

    /// <summary>Trials by <c>Optimize</c>, of an objective that waits for some time, as for a machine elsewhere.</summary>
    public static void Optimize(Study study, int trials, bool reproducible, TimeSpan cost = default)
    {
        using var never = new ManualResetEvent(false);
        study.Optimize(
            trial =>
            {
                var value = Sphere(trial, Parameters);
                if (cost > TimeSpan.Zero)
                {
                    never.WaitOne(cost);
                }

                return value;
            },
            new RunOptions { Trials = trials, Reproducible = reproducible });
    }

    /// <summary>The sum of the squares of some parameters.</summary>
    public static double Sphere(ITrial trial, FloatParameter[] parameters)
    {
        var sum = 0.0;
        foreach (var parameter in parameters)
        {
            var x = trial.Suggest(parameter);
            sum += x * x;
        }

        return sum;
    }
}
