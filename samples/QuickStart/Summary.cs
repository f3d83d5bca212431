using HyperOpt.Trials;

namespace QuickStart;

/// <summary>What is printed when the search is over.</summary>
internal static class Summary
{
    /// <summary>The winner's configuration. A parameter that it did not ask for is not in it.</summary>
    public static void OfBest(FrozenTrial best, int trials)
    {
        Console.WriteLine();
        Console.WriteLine($"Best of {trials} trials: number {best.Number}, validation loss {best.Value:F4}");
        foreach (var (name, value) in best.Parameters)
            Console.WriteLine($"  {name,-15}{(value is double number ? number.ToString("G4") : value)}");
    }

    /// <summary>Verdicts below each other.</summary>
    public static void OfVerdicts(params ReadOnlySpan<(string Name, Verdict Verdict)> verdicts)
    {
        Console.WriteLine();
        Console.WriteLine("Accuracy          validation      test   95 % interval of the test accuracy");
        foreach (var (name, verdict) in verdicts)
        {
            var interval = $"{verdict.Interval.Low:P1} to {verdict.Interval.High:P1}";
            Console.WriteLine($"  {name,-16}{verdict.Validation,10:P1}{verdict.Test,10:P1}   {interval}");
        }
        Console.WriteLine($"  (means of {Verdict.Trainings} trainings; the search never saw the test images)");
    }

    /// <summary>What became of the trials, and what pruning saved.</summary>
    public static void OfTrials(IReadOnlyList<FrozenTrial> trials, int epochs, int cores)
    {
        var states = trials.CountBy(trial => trial.State).ToDictionary();
        var pruned = trials.Where(trial => trial.State == TrialState.Pruned).ToArray();
        var skipped = pruned.Sum(trial => epochs - trial.Reports.Length);
        var saved = pruned.Sum(trial => trial.Duration!.Value.TotalSeconds * (epochs - trial.Reports.Length) / trial.Reports.Length) / cores;

        Console.WriteLine();
        Console.WriteLine(
            $"Trials: {states.GetValueOrDefault(TrialState.Completed)} completed, {pruned.Length} pruned, {states.GetValueOrDefault(TrialState.Failed)} failed");
        Console.WriteLine($"Pruning saved {skipped:N0} of {trials.Count * epochs:N0} epochs, about {saved:F0} s on {cores} cores");
    }
}
