using System.Globalization;
using HyperOpt;
using HyperOpt.Storage;
using HyperOpt.StormWorker;

// A process to be killed, in one of three ways:
//   storm-worker work <kind> <place> <trials of the study> <lease in ms>    works on study "storm" until that has so many trials
//   storm-worker population <kind> <place> <folder of artifacts> <trials of the study> <lease in ms> <in generations>    trains a population
//   storm-worker lock <path>                                                holds the lock of a journal until it dies
if (args is ["lock", var path])
{
    using var held = File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    Console.WriteLine("held");
    await Task.Delay(Timeout.Infinite);
}

if (args is ["population", var kind, var place, var artifacts, var trials, var lease, var generations])
{
    await using var population = await Study.OpenAsync(PopulationStorm.OptionsFor(Storm.Open(kind, place), new FileArtifactStore(artifacts), bool.Parse(generations)) with
    {
        Lease = TimeSpan.FromMilliseconds(int.Parse(lease, CultureInfo.InvariantCulture)),
    });
    var said = 0;
    await PopulationStorm.TrainAsync(population, int.Parse(trials, CultureInfo.InvariantCulture), bool.Parse(generations), TimeSpan.FromMilliseconds(10), () =>
    {
        if (Interlocked.Exchange(ref said, 1) == 0)
        {
            Console.WriteLine("begun");
        }
    });
    return;
}

await using var study = await Study.OpenAsync(KillStorm.OptionsFor(Storm.Open(args[1], args[2])) with
{
    Lease = TimeSpan.FromMilliseconds(int.Parse(args[4], CultureInfo.InvariantCulture)),
});
var hasBegun = false;
await study.OptimizeAsync(
    async (trial, token) =>
    {
        if (!hasBegun)
        {
            hasBegun = true;
            Console.WriteLine("begun");
        }

        var value = trial.Suggest(KillStorm.X);
        for (var step = 0; step < KillStorm.Steps; step++)
        {
            trial.Report(step, value + step);
            await Task.Delay(5 + (trial.Number % 7), token);
        }

        return value;
    },
    new RunOptions { StudyTrials = int.Parse(args[3], CultureInfo.InvariantCulture), Reproducible = false });
