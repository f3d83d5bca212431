using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>What is to be maximised for one proposal, and from where.</summary>
/// <param name="Name">The acquisition, for people.</param>
/// <param name="Model">The model, for people.</param>
/// <param name="Surface">The acquisition.</param>
/// <param name="Centres">The best points known, best first.</param>
internal sealed record AcquisitionTask(string Name, string Model, AcquisitionSurface Surface, IReadOnlyList<ReadOnlyMemory<double>> Centres)
{
    /// <summary>Every so many trials an optimistic bound is used, as insurance against a model that is too sure of itself.</summary>
    private const int BoundEvery = 4;

    /// <summary>From this share of noise on, what is to be improved on is the best that the model believes in, not the best that was seen.</summary>
    private const double Noisy = 0.05;

    /// <summary>A front is thinned to as many points, with three objectives to half.</summary>
    private const int MostOnFront = 48;

    private const int MostCentres = 3;

    /// <summary>With several losses the end counts so much of the spread.</summary>
    private const double SpreadAtEnd = 0.1;

    /// <summary>The task after a history.</summary>
    /// <param name="memo">Has the models.</param>
    /// <param name="history">What is known.</param>
    /// <param name="random">The chance of this trial.</param>
    /// <param name="isClosing">Whether few trials are left, so that what is learnt from a trial is hardly of use.</param>
    /// <param name="tilt">What counts besides; null: nothing.</param>
    public static AcquisitionTask Create(ModelMemo memo, TrialHistory history, Random random, bool isClosing, Tilt? tilt = null)
    {
        var rows = history.Finished;
        var constraints = rows.Max(row => row.Violations.Length);
        Posterior[] models =
        [
            .. Enumerable.Range(0, history.Objectives).Select(index => memo.PosteriorOf(history, new ModelOutput(false, index))),
            .. Enumerable.Range(0, constraints).Select(index => memo.PosteriorOf(history, new ModelOutput(true, index))),
        ];
        var feasible = Trusted(history, models[0], row => rows[row] is { State: TrialState.Completed, IsFeasible: true });
        var measured = feasible.Count > 0 ? feasible : Trusted(history, models[0], row => rows[row].State is TrialState.Completed or TrialState.Pruned);
        var hasTerms = constraints > 0 || tilt is not null;
        var isForTheMean = isClosing && !hasTerms && history.Number % 2 == 0;
        var (name, inner) = history.Objectives == 1 ? OfOne(history, models[0], measured, isClosing, hasTerms) : OfSeveral(history, models, measured, random, isForTheMean);
        var acquisition = constraints == 0 ? inner : new FeasibleAcquisition(inner, history.Objectives, feasible.Count > 0 ? 1 : 0.1);
        var model = models[0].Model;
        return new AcquisitionTask(
            constraints == 0 ? tilt is null ? name : name + ", tilted by cost or sources" : feasible.Count > 0 ? $"{name}, constrained" : $"chance of being feasible; {name} to break ties",
            $"Gaussian process of {models[0].Targets.Length} trials, fitted after {model.Count}{(model.Warp.IsOneSided ? ", bad losses compressed" : "")}",
            new AcquisitionSurface(models, acquisition, tilt),
            [.. CentresOf(models, measured, history, random).Select(row => rows[row].Point.AsMemory())]);
    }

    // The places among a model's rows of trials that hold to something and have a loss.
    private static List<int> Trusted(TrialHistory history, Posterior model, Func<int, bool> holds)
    {
        var places = new List<int>();
        for (var at = 0; at < model.Rows.Length; at++)
        {
            if (holds(model.Rows[at]) && !history.Finished[model.Rows[at]].Losses.IsEmpty)
            {
                places.Add(at);
            }
        }

        return places;
    }

    private static (string Name, IAcquisition Acquisition) OfOne(TrialHistory history, Posterior model, List<int> places, bool isClosing, bool hasTerms)
    {
        var isNoisy = model.NoiseShare > Noisy;
        var best = places.Count == 0 ? 0 : places.Min(at => isNoisy ? model.MeanAtRow(at) : model.Targets[at]);
        if (isClosing && !hasTerms)
        {
            return history.Number % 2 == 0 ? ("lowest expected loss", new ConfidenceBound([1], [best], 0)) : ("log expected improvement", new LogExpectedImprovement(best));
        }

        return !hasTerms && history.Number % BoundEvery == BoundEvery - 1
            ? ("lower confidence bound", new ConfidenceBound([1], [best]))
            : ("log expected improvement", new LogExpectedImprovement(best));
    }

    private static (string Name, IAcquisition Acquisition) OfSeveral(TrialHistory history, Posterior[] models, List<int> places, Random random, bool isForTheMean)
    {
        var vectors = Vectors(history, models, places);
        double[] ideal = [.. Enumerable.Range(0, history.Objectives).Select(i => vectors.Min(vector => vector[i]))];
        if (history.Objectives > 3)
        {
            double[] weights = [.. ideal.Select(_ => -Math.Log(1 - random.NextDouble()))];
            return ("lower confidence bound, randomly weighted", new ConfidenceBound([.. weights.Select(weight => weight / weights.Sum())], ideal));
        }

        var front = BoxDecomposition.Front(vectors);
        var most = history.Objectives == 2 ? MostOnFront : MostOnFront / 2;
        front = front.Count <= most ? front : [.. SubsetSelection.Greedy([.. front], most).Select(at => front[at])];

        // A tenth beyond the worst of the front (Ishibuchi et al. 2018, 10.1162/evco_a_00226); with one point on it, beyond the worst of all.
        var worst = front.Count > 1 ? front : vectors;
        double[] reference = [.. Enumerable.Range(0, history.Objectives).Select(i =>
        {
            var most = worst.Max(vector => vector[i]);
            return most + Math.Max(0.1 * (most - ideal[i]), 1e-3);
        })];
        var gain = new LogHypervolumeImprovement(BoxDecomposition.Create(front, reference));
        return isForTheMean ? ("log hypervolume improvement by the expected losses", new SurerAcquisition(gain, SpreadAtEnd)) : ("log expected hypervolume improvement", gain);
    }

    // The losses of those trials, each objective in the terms of its model.
    private static List<ImmutableArray<double>> Vectors(TrialHistory history, Posterior[] models, List<int> places)
    {
        var vectors = new List<ImmutableArray<double>>();
        foreach (var row in places.Select(at => models[0].Rows[at]))
        {
            ImmutableArray<double> vector = [.. Enumerable.Range(0, history.Objectives).Select(i => TargetOf(models[i], row))];
            if (!vector.Any(double.IsNaN))
            {
                vectors.Add(vector);
            }
        }

        return vectors.Count > 0 ? vectors : [[.. Enumerable.Repeat(0.0, history.Objectives)]];
    }

    private static double TargetOf(Posterior model, int row) => Array.BinarySearch(model.Rows, row) is >= 0 and var at ? model.Targets[at] : double.NaN;

    // Of one objective the best; of several, some of the front. Infeasible ones only if there are no others: the least infeasible.
    private static IEnumerable<int> CentresOf(Posterior[] models, List<int> places, TrialHistory history, Random random)
    {
        int[] rows = [.. places.Select(at => models[0].Rows[at])];
        if (history.Objectives == 1 || rows.Length == 0 || !history.Finished[rows[0]].IsFeasible)
        {
            double Violation(int row) => models.Skip(history.Objectives).Sum(model => TargetOf(model, row) is > 0 and var z ? z : 0);
            return rows.OrderBy(Violation).ThenBy(row => TargetOf(models[0], row)).ThenBy(row => row).Take(MostCentres);
        }

        int[] front = [.. Pareto.Front([.. rows.Select(row => history.Finished[row].Losses)]).Select(at => rows[at])];
        var first = random.Next(front.Length);
        return Enumerable.Range(0, Math.Min(MostCentres, front.Length)).Select(i => front[(first + i * Math.Max(1, front.Length / MostCentres)) % front.Length]);
    }
}
