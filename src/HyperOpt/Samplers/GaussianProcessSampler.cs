using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Bayesian optimization: fits a Gaussian process to the losses and proposes the point from which most improvement is to be expected. At home where
/// a trial is dear: tens to some hundreds of trials, of mixed and conditional spaces too, with constraints, noise, and several objectives.
/// </summary>
/// <remarks>
/// <para>The first trials are the centre of the space and scrambled Sobol points. Then a Matérn kernel with a length-scale for each axis, plus an additive and a
/// quadratic part, is fitted by its marginal likelihood; losses worse than the median are compressed if that makes them likelier. Three proposals of four
/// maximise the logarithm of the expected improvement, the fourth an optimistic bound. Trials under way count as ended with what is expected
/// of them; pruned ones by a forecast from their last report; failed ones as the worst seen. With two or three objectives the expected gain
/// in hypervolume is maximised, with more an optimistic bound of a random weighting. Beyond 400 trials the model keeps a selection of them.</para>
/// <para>Each proposal says what it rests on (<see cref="Proposal.Reason"/>).</para>
/// <para>Sources: Jones et al. 1998, 10.1023/A:1008306431147; Snoek et al. 2012, arXiv:1206.2944; logarithms: Ament et al. 2023, arXiv:2310.20708; additive kernel:
/// Duvenaud et al. 2011, arXiv:1112.4394; constraints: Gardner et al. 2014, ICML; several objectives: Emmerich et al. 2011, 10.1109/CEC.2011.5949880;
/// trials under way: Ginsbourger et al. 2010, 10.1007/978-3-642-10701-6_6.</para>
/// </remarks>
public sealed class GaussianProcessSampler : ISampler
{
    private readonly ConditionalWeakTable<object, ModelMemo> _memos = [];
    private readonly QuasiRandomSampler _quasiRandom = new();

    /// <summary>
    /// How many trials must have ended with something to learn from before the model is used; until then, the centre and scrambled Sobol points.
    /// Null, the default: one more than there are parameters, but at least 4 and at most 8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? StartupTrials
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= StartupTrials must hold: a model needs a trial. Give a positive number, or null.");
    }

    /// <summary>
    /// How many trials the study is to have, if that is known: every other one of the last tenth then goes to where the loss is expected to be lowest, or
    /// with several losses to where what is expected of them gains most. Null, the default: unknown.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? Trials
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= Trials must hold: it is how many trials there will be. Give a positive number, or null.");
    }

    /// <summary>What trials cost, to be weighed against what they promise: the expected improvement per unit of cost is maximised. Null, the default: all cost the same.</summary>
    public TrialCost? Cost { get; init; }

    /// <inheritdoc/>
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        return HasModel(space, history, out var taught) ? Choose(space, history, random) : Begin(space, history, random, taught);
    }

    /// <summary>What the model, with which the next point would be chosen, believes at some points; for looking at it, by figures or pictures.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known.</param>
    /// <param name="points">A coordinate in [0,1] for each axis; axes that turn out inactive may hold anything.</param>
    /// <returns>A belief about the first objective's loss for each point; empty while there is no model.</returns>
    /// <exception cref="ArgumentException">A point has the wrong number of coordinates, or an active axis has none in [0,1].</exception>
    public ImmutableArray<ModelBelief> Believe(SearchSpace space, TrialHistory history, params IEnumerable<ImmutableArray<double>> points)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(points);
        double[][] normal = [.. points.Select(point => space.Normalize(point.AsSpan()).ToArray())];
        if (!HasModel(space, history, out _))
        {
            return [];
        }

        var surface = TaskOf(history, StreamSeed.Create(history.Seed, history.Number, "propose")).Surface;
        var values = surface.At(normal);
        return [.. normal.Select((point, at) => Belief(surface.Models[0], point, 1.96, values[at]))];
    }

    /// <summary>The model of an objective, with which the next point would be chosen; null while there is none.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known.</param>
    /// <param name="objective">Which of the objectives.</param>
    internal Posterior? ModelOf(SearchSpace space, TrialHistory history, int objective = 0) =>
        HasModel(space, history, out _) ? MemoOf(history).PosteriorOf(history, new ModelOutput(false, objective)) : null;

    /// <summary>How well that model foretells trials that it has not seen.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known.</param>
    /// <param name="objective">Which of the objectives.</param>
    /// <returns>The skill; null while there is no model, or too little to judge it by.</returns>
    internal ModelSkill? SkillOf(SearchSpace space, TrialHistory history, int objective = 0) =>
        ModelOf(space, history, objective) is { } model ? ModelSkill.Of(model, history) : null;

    private static ModelBelief Belief(Posterior model, double[] point, double width, double acquisition)
    {
        var (mean, spread) = model.At(point);
        var warp = model.Model.Warp;
        return new ModelBelief(warp.ValueOf(mean - width * spread), warp.ValueOf(mean), warp.ValueOf(mean + width * spread), acquisition);
    }

    private static bool IsFinite(ImmutableArray<double> losses) => !losses.IsEmpty && losses.All(double.IsFinite);

    private bool HasModel(SearchSpace space, TrialHistory history, out int taught)
    {
        taught = history.Finished.Count(trial => trial.State is TrialState.Completed or TrialState.Pruned && IsFinite(trial.Losses));
        return space.Count > 0 && taught >= StartupFor(space);
    }

    private int StartupFor(SearchSpace space) => StartupTrials ?? Math.Clamp(space.Count + 1, 4, 8);

    private AcquisitionTask TaskOf(TrialHistory history, Random random) =>
        AcquisitionTask.Create(MemoOf(history), history, random, history.Number >= Trials - Trials / 10, Tilt.Of(history, Cost));

    private ModelMemo MemoOf(TrialHistory history) => _memos.GetValue(history.Table, _ => new ModelMemo(history.Space));

    private Proposal Choose(SearchSpace space, TrialHistory history, Random random)
    {
        var task = TaskOf(history, random);
        var held = OtherBranch.Choose(space, history, task, random);
        var found = held is null ? null : new AcquisitionSearch(space, history, task.Surface, random, held).Run(task.Centres);
        var name = found is null ? task.Name : $"{task.Name}, in another branch: not the best trial's {space[held!.Value.Axis].Name}";
        found ??= new AcquisitionSearch(space, history, task.Surface, random).Run(task.Centres);
        if (found is not { } place)
        {
            return _quasiRandom.Propose(space, history, random) with
            {
                Reason = new ProposalReason("quasi-random point") { Fallback = "Every candidate of the acquisition's search breaks a hard constraint or was tried." },
            };
        }

        var belief = Belief(task.Surface.Models[0], place.Point, 1, place.Value);
        return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(place.Point))
        {
            Reason = new ProposalReason(name) { Model = task.Model, Acquisition = place.Value, Mean = belief.Median, Spread = 0.5 * (belief.High - belief.Low) },
        };
    }

    // Until there is enough to learn from. An empty space has only one point, whatever is known.
    private Proposal Begin(SearchSpace space, TrialHistory history, Random random, int taught)
    {
        if (SourceDesign.Propose(space, history, StartupFor(space) / 2, () => _quasiRandom.Propose(space, history, random)) is { } known)
        {
            return known;
        }

        double[] centre = [.. Enumerable.Repeat(0.5, space.Count)];
        var first = history.Sources.Any(source => source.Count > 0) ? 1 : 0; // the best of another study comes before
        if (history.Number == first && space.IsFeasible(centre))
        {
            return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(centre)) { Reason = new ProposalReason("initial design: centre of the space") };
        }

        return _quasiRandom.Propose(space, history, random) with
        {
            Reason = new ProposalReason("initial design: quasi-random point")
            {
                Fallback = history.Count >= StartupFor(space) ? $"Of {history.Count} trials only {taught} ended with a loss to learn from." : null,
            },
        };
    }
}
