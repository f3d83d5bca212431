// Population-based training (Jaderberg et al. 2017, arXiv:1711.09846), twice:
//
//     dotnet run --project samples/PopulationBased -c Release -- surrogate            the paper's figure 2, as surrogate.svg
//     dotnet run --project samples/PopulationBased -c Release -- digits [seeds]       a network on handwritten digits against searches for
//                                                                                     constants with as many epochs; schedules.svg
//
// The pictures come into the current folder.

using System.Globalization;
using HyperOpt;
using HyperOpt.Samplers;
using PopulationBased;
using QuickStart;

switch (args)
{
    case [] or ["surrogate"]:
        await DrawSurrogateAsync();
        return 0;
    case ["digits"]:
        await CompareAsync(10);
        return 0;
    case ["digits", var seeds] when int.TryParse(seeds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0:
        await CompareAsync(count);
        return 0;
    default:
        Console.Error.WriteLine("Usage: PopulationBased [surrogate | digits [<seeds>]]");
        return 1;
}

static async Task DrawSurrogateAsync()
{
    var runs = new List<(string Name, SurrogateRun Run)>
    {
        ("both", await Surrogate.RunAsync(Surrogate.Both, seed: 1)),
        ("explore only", await Surrogate.RunAsync(Surrogate.ExploreOnly, seed: 1)),
        ("exploit only", await Surrogate.RunAsync(Surrogate.ExploitOnly, seed: 1)),
        ("grid", await Surrogate.RunAsync(Surrogate.Grid, seed: 1)),
    };
    Console.WriteLine("best Q after        20      50     100     200 steps");
    foreach (var (name, run) in runs)
    {
        Console.WriteLine(FormattableString.Invariant($"{name,-14} {run.BestAt(20),7:F3} {run.BestAt(50),7:F3} {run.BestAt(100),7:F3} {run.BestAt(200),7:F3}"));
    }

    await File.WriteAllTextAsync("surrogate.svg", Pictures.OfSurrogate(runs));
}

static async Task CompareAsync(int seeds)
{
    var digits = Digits.Load();
    var schedules = new List<PopulationSchedule>();
    var table = new ComparisonTable("population", "random 16x60", "TPE 16x60", "random 32x30", "TPE 32x30");
    for (var seed = 1; seed <= seeds; seed++)
    {
        var comparison = new DigitsComparison(digits, (ulong)seed);
        var population = comparison.TrainPopulation();
        schedules.Add(population.Schedule);
        table.Add(
            seed,
            population.Best,
            comparison.Search(new RandomSampler(), 60),
            comparison.Search(new TpeSampler(), 60),
            comparison.Search(new RandomSampler(), 30),
            comparison.Search(new TpeSampler(), 30));
        Console.WriteLine(population.IsConfirmed ? "         the schedule, replayed on a fresh network, has the same losses bit for bit" : "         the replay differs!");
        await File.WriteAllTextAsync("schedules.svg", Pictures.OfSchedules(schedules));
    }

    table.Conclude();
}
