using System.Globalization;
using HyperOpt;
using HyperOpt.Storage;
using HyperOpt.StormWorker;

// A process to be killed, in one of two ways:
//   storm-worker work <kind> <place> <trials of the study> <lease in ms>    works on study "storm" until that has so many trials
//   storm-worker lock <path>                                                holds the lock of a journal until it dies
if (args is ["lock", var path])
{
    using var held = File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    Console.WriteLine("held");
    await Task.Delay(Timeout.Infinite);
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
