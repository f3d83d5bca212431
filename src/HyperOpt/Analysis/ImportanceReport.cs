using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>How important the parameters of a study are, as one evaluator sees it. Immutable.</summary>
public sealed class ImportanceReport
{
    private const int PairsShown = 5;

    internal ImportanceReport(string evaluator, string target, ImportanceData data, SobolIndices found, int skipped)
    {
        (Evaluator, Target, Trials, Skipped) = (evaluator, target, data.Losses.Length, skipped);
        Variance = double.IsNaN(found.Variance) ? null : found.Variance;
        Explained = double.IsNaN(found.Explained) ? null : found.Explained;
        Parameters = [.. data.Space
            .Select((parameter, axis) => new ParameterImportance(parameter, Unit(found.First[axis]), found.FirstErrors[axis], Unit(found.Total[axis]), found.TotalErrors[axis]))
            .OrderByDescending(importance => importance.Total)];
        Pairs = [.. found.Pairs
            .OrderByDescending(pair => pair.Value.Share).ThenBy(pair => pair.Key)
            .Select(pair => new PairImportance(data.Space[pair.Key.Item1], data.Space[pair.Key.Item2], Unit(pair.Value.Share), pair.Value.Error))];

        // What is estimated by sums with signs may lie a little outside.
        static double Unit(double share) => Math.Clamp(share, 0, 1);
    }

    /// <summary>What evaluated it.</summary>
    public string Evaluator { get; }

    /// <summary>What the importance is for, in words.</summary>
    public string Target { get; }

    /// <summary>How many trials it rests on.</summary>
    public int Trials { get; }

    /// <summary>How many trials were left out: not completed, or without a finite target.</summary>
    public int Skipped { get; }

    /// <summary>The variance of the target over the space, of which all figures are shares; null if the evaluator knows none.</summary>
    public double? Variance { get; }

    /// <summary>
    /// How far to trust it: the share of the variance of the trials' values that the evaluator's model explains of trials that it has not seen. Near 1 all is explained;
    /// near 0 the model knows nothing, and neither does this report. Null if the evaluator has no model.
    /// </summary>
    public double? Explained { get; }

    /// <summary>The parameters of the study's space, by <see cref="ParameterImportance.Total"/>, the most important first.</summary>
    public ImmutableArray<ParameterImportance> Parameters { get; }

    /// <summary>All pairs, the strongest interaction first; empty if the evaluator knows none.</summary>
    public ImmutableArray<PairImportance> Pairs { get; }

    /// <summary>The importance of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The space has no parameter of that name.</exception>
    public ParameterImportance Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Of(parameter.Name);
    }

    /// <summary>The importance of a parameter by its name.</summary>
    /// <exception cref="KeyNotFoundException">The space has no parameter of that name.</exception>
    public ParameterImportance Of(string name) =>
        Parameters.FirstOrDefault(importance => importance.Parameter.Name == name)
        ?? throw new KeyNotFoundException(
            $"A report knows the parameters of the study's space, but '{name}' is not among {string.Join(", ", Parameters.Select(importance => $"'{importance.Parameter.Name}'"))}. Correct the name.");

    /// <summary>The interaction of two parameters, in either order.</summary>
    /// <exception cref="KeyNotFoundException">The report has no such pair.</exception>
    public PairImportance Of(Parameter one, Parameter other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Pairs.FirstOrDefault(pair => (pair.One.Name == one.Name && pair.Other.Name == other.Name) || (pair.One.Name == other.Name && pair.Other.Name == one.Name))
            ?? throw new KeyNotFoundException(
                $"A report knows the pairs of parameters that its evaluator looked at, but not '{one.Name}' with '{other.Name}'; evaluator '{Evaluator}' reports {Pairs.Length} pairs. "
                + "Take two different parameters of the space, and an evaluator that knows interactions.");
    }

    /// <summary>A table of several lines: the parameters, and the strongest interactions.</summary>
    public override string ToString()
    {
        var width = Math.Max(9, Parameters.Select(importance => importance.Parameter.Name.Length).DefaultIfEmpty(0).Max());
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"importance for {Target} by {Evaluator}, from {Trials} trials");
        text.Append(Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({Skipped} left out)") : "");
        text.Append(Explained is { } explained ? string.Create(CultureInfo.InvariantCulture, $"; its model explains {explained:P0} of what it has not seen") : "").Append('\n');
        text.Append("parameter".PadRight(width)).Append("    first   ± s.e.    total   ± s.e.\n");
        foreach (var importance in Parameters)
        {
            text.Append(importance.Parameter.Name.PadRight(width)).Append(CultureInfo.InvariantCulture,
                $"  {importance.First,7:F3}  {importance.FirstError,7:F3}  {importance.Total,7:F3}  {importance.TotalError,7:F3}\n");
        }

        foreach (var pair in Pairs.Take(PairsShown).Where(pair => pair.Share >= 0.005))
        {
            text.Append(CultureInfo.InvariantCulture, $"{pair.One.Name} × {pair.Other.Name}: {pair.Share:F3} ± {pair.Error:F3}\n");
        }

        return text.ToString().TrimEnd('\n');
    }
}
