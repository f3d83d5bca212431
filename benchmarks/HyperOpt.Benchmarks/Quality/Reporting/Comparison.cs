using System.Collections.Immutable;
using HyperOpt.Benchmarks.Quality.Suite;

namespace HyperOpt.Benchmarks.Quality.Reporting;

/// <summary>Results of samplers, arranged for comparing. Immutable.</summary>
internal sealed class Comparison
{
    private readonly Dictionary<(string Sampler, string Problem, int Mark), double[]> _values;
    private readonly Dictionary<(string Sampler, string Problem, int Mark), double> _milliseconds;

    public Comparison(IReadOnlyCollection<QualityRow> rows)
    {
        var distinct = rows.DistinctBy(row => (row.Sampler, row.Problem, row.Seed, row.Mark)).ToArray();
        _values = distinct.GroupBy(row => (row.Sampler, row.Problem, row.Mark)).ToDictionary(group => group.Key, group => group.Select(row => row.Value).Order().ToArray());
        _milliseconds = distinct.GroupBy(row => (row.Sampler, row.Problem, row.Mark)).ToDictionary(group => group.Key, group => Statistics.Median([.. group.Select(row => row.Milliseconds)]));
        Samplers = [.. distinct.Select(row => row.Sampler).Distinct()];
        Problems = [.. distinct.Select(row => (row.Problem, row.Family)).Distinct().OrderBy(pair => ProblemSuite.Families.IndexOf(pair.Family))];
        Marks = [.. distinct.Select(row => row.Mark).Distinct().Order()];
    }

    public ImmutableArray<string> Samplers { get; }

    public ImmutableArray<(string Name, string Family)> Problems { get; }

    public ImmutableArray<int> Marks { get; }

    /// <summary>The marks at which a sampler has results.</summary>
    public ImmutableArray<int> MarksOf(string sampler) => [.. Marks.Where(mark => Problems.Any(problem => _values.ContainsKey((sampler, problem.Name, mark))))];

    /// <summary>The values of a sampler's runs, in ascending order; empty if there are none.</summary>
    public double[] Values(string sampler, string problem, int mark) => _values.GetValueOrDefault((sampler, problem, mark)) ?? [];

    /// <summary>The samplers that have runs on all of some problems.</summary>
    public ImmutableArray<string> Complete(IReadOnlyCollection<string> problems, int mark) =>
        [.. Samplers.Where(sampler => problems.All(problem => _values.ContainsKey((sampler, problem, mark))))];

    /// <summary>The problems of a family, or all ("all").</summary>
    public ImmutableArray<string> Of(string family) => [.. Problems.Where(problem => family is "all" || problem.Family == family).Select(problem => problem.Name)];

    /// <summary>The mean over problems of the rank that a run of one sampler has, on average, among one run of each sampler.</summary>
    public ImmutableArray<double> MeanRanks(IReadOnlyList<string> samplers, IReadOnlyCollection<string> problems, int mark) =>
        [.. samplers.Select(one => problems.Average(problem =>
            1 + samplers.Where(other => other != one).Sum(other => Statistics.Superiority(Values(other, problem, mark), Values(one, problem, mark)))))];

    /// <summary>The medians of one sampler less those of another, over the problems that both have.</summary>
    public double[] Differences(string sampler, string reference, IEnumerable<string> problems, int mark) =>
    [
        .. from problem in problems
           let own = Values(sampler, problem, mark)
           let others = Values(reference, problem, mark)
           where own.Length > 0 && others.Length > 0
           select Statistics.Median(own) - Statistics.Median(others),
    ];

    /// <summary>How often a run of one sampler is better than one of another, on average over the problems that both have.</summary>
    public double Superiority(string sampler, string reference, IEnumerable<string> problems, int mark) => problems
        .Where(problem => Values(sampler, problem, mark).Length > 0 && Values(reference, problem, mark).Length > 0)
        .Select(problem => Statistics.Superiority(Values(sampler, problem, mark), Values(reference, problem, mark))).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The median over problems of the time of a suggestion, in milliseconds; NaN if there is none.</summary>
    public double Milliseconds(string sampler, IEnumerable<string> problems, int mark) =>
        Statistics.Median([.. problems.Where(problem => _milliseconds.ContainsKey((sampler, problem, mark))).Select(problem => _milliseconds[(sampler, problem, mark)])]);
}
