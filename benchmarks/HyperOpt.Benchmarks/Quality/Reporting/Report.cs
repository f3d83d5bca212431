using HyperOpt.Benchmarks.Quality.Suite;

namespace HyperOpt.Benchmarks.Quality.Reporting;

/// <summary>The comparison as tables of text.</summary>
internal static class Report
{
    private const int Wide = 13;

    public static void Print(Comparison results, string reference, QualityOptions options)
    {
        if (options.Details)
        {
            Medians(results);
        }

        Ranks(results, results.MarksOf(reference));
        Tests(results, reference);
        Times(results);
    }

    private static IEnumerable<string> Families(Comparison results) =>
        ProblemSuite.Families.Where(family => !results.Of(family).IsEmpty).Prepend("all");

    private static void Medians(Comparison results)
    {
        foreach (var mark in results.Marks)
        {
            Console.WriteLine($"Median of log10(regret) after {mark} trials, and where the true median is with 95 % confidence");
            Console.WriteLine($"{"",-26}{string.Concat(results.Samplers.Select(sampler => $"{sampler,24}"))}");
            foreach (var (problem, _) in results.Problems)
            {
                Console.WriteLine($"{problem,-26}{string.Concat(results.Samplers.Select(sampler => Cell(results.Values(sampler, problem, mark))))}");
            }

            Console.WriteLine();
        }

        static string Cell(double[] values)
        {
            var (low, high) = Statistics.MedianInterval(values);
            return values.Length == 0 ? $"{"-",24}" : $"{$"{Statistics.Median(values):F2} [{low:F2}, {high:F2}]",24}";
        }
    }

    private static void Ranks(Comparison results, IReadOnlyList<int> marks)
    {
        foreach (var mark in marks)
        {
            Console.WriteLine($"Mean rank after {mark} trials (1 is best; of samplers that have runs on all problems of the family)");
            Console.WriteLine($"{"",-18}{string.Concat(results.Samplers.Select(Head))}");
            foreach (var family in Families(results))
            {
                var problems = results.Of(family);
                var complete = results.Complete(problems, mark);
                var ranks = results.MeanRanks(complete, problems, mark);
                var cells = results.Samplers.Select(sampler => complete.IndexOf(sampler) is >= 0 and var i ? $"{ranks[i],Wide:F2}" : $"{"-",Wide}");
                Console.WriteLine($"{$"{family} ({problems.Length})",-18}{string.Concat(cells)}");
            }

            Console.WriteLine();
        }
    }

    private static void Tests(Comparison results, string reference)
    {
        Console.WriteLine($"Against {reference}: median over problems of the difference of median log10(regret) (negative: better than it), how often a run");
        Console.WriteLine("is better than one of it, problems better:worse, and the two-sided p of Wilcoxon's signed-rank test over the problems' medians,");
        Console.WriteLine("behind it Holm's correction over families (not for 'all')");
        foreach (var sampler in results.Samplers.Where(sampler => sampler != reference))
        {
            Console.WriteLine();
            Console.WriteLine($"{sampler,-18}{string.Concat(results.MarksOf(reference).Select(mark => $"{"after " + mark,32}"))}");
            var families = Families(results).ToArray();
            var columns = results.MarksOf(reference).Select(mark => Column(results, sampler, reference, families, mark)).ToArray();
            for (var row = 0; row < families.Length; row++)
            {
                Console.WriteLine($"{families[row],-18}{string.Concat(columns.Select(column => $"{column[row],32}"))}");
            }
        }

        Console.WriteLine();
    }

    private static string[] Column(Comparison results, string sampler, string reference, string[] families, int mark)
    {
        var differences = Array.ConvertAll(families, family => results.Differences(sampler, reference, results.Of(family), mark));
        var probabilities = Array.ConvertAll(differences, Statistics.SignedRankProbability);
        double[] corrected = [probabilities[0], .. Statistics.Holm(probabilities[1..])];
        return
        [
            .. families.Select((family, i) => differences[i].Length == 0
                ? "-"
                : $"{Math.Round(Statistics.Median(differences[i]), 2) + 0.0:+0.00;-0.00} {results.Superiority(sampler, reference, results.Of(family), mark),4:P0} "
                  + $"{differences[i].Count(d => d < 0)}:{differences[i].Count(d => d > 0)} {Text(probabilities[i])}{(i == 0 ? "" : $" ({Text(corrected[i])})")}"),
        ];
    }

    private static string Text(double probability) => probability < 0.001 ? $"{probability:0e0}" : $"{probability:F3}";

    private static void Times(Comparison results)
    {
        Console.WriteLine("Milliseconds of a trial less its evaluation, on average up to there: median over problems");
        Console.WriteLine($"{"",-18}{string.Concat(results.Samplers.Select(Head))}");
        foreach (var mark in results.Marks)
        {
            var cells = results.Samplers.Select(sampler => results.Milliseconds(sampler, results.Of("all"), mark)).Select(time => double.IsNaN(time) ? $"{"-",Wide}" : $"{time,Wide:G3}");
            Console.WriteLine($"{"after " + mark,-18}{string.Concat(cells)}");
        }

        Console.WriteLine();
    }

    private static string Head(string sampler) => $"{(sampler.Length < Wide ? sampler : sampler[..(Wide - 1)]),Wide}";
}
