using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <inheritdoc/>
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        var startup = StartupTrials ?? Math.Clamp(space.Count + 1, 4, 8);
        var taught = history.Count < startup ? 0 : history.Finished.Count(trial => trial.State is TrialState.Completed or TrialState.Pruned && IsFinite(trial.Losses));
        if (space.Count == 0 || taught < startup)
        {
            return Begin(space, history, random, taught);
        }

        var memo = _memos.GetValue(history.Table, _ => new ModelMemo(history.Space));
        var task = AcquisitionTask.Create(memo, history, random);
        var found = new AcquisitionSearch(space, history, task.Surface, random).Run(task.Centres);
        if (found is not { } place)
        {
            return _quasiRandom.Propose(space, history, random) with
            {
                Reason = new ProposalReason("quasi-random point") { Fallback = "Every candidate of the acquisition's search breaks a hard constraint or was tried." },
            };
        }

        var (mean, spread) = task.Surface.Models[0].At(place.Point);
        return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(place.Point))
        {
            Reason = new ProposalReason(task.Name) { Model = task.Model, Acquisition = place.Value, Mean = mean, Spread = spread },
        };
    }

    private static bool IsFinite(ImmutableArray<double> losses) => !losses.IsEmpty && losses.All(double.IsFinite);

    private Proposal Begin(SearchSpace space, TrialHistory history, Random random, int taught)
    {
        double[] centre = [.. Enumerable.Repeat(0.5, space.Count)];
        if (history.Number == 0 && space.IsFeasible(centre))
        {
            return new Proposal(ImmutableCollectionsMarshal.AsImmutableArray(centre)) { Reason = new ProposalReason("initial design: centre of the space") };
        }

        return _quasiRandom.Propose(space, history, random) with
        {
            Reason = new ProposalReason("initial design: quasi-random point")
            {
                Fallback = history.Count > 2 * StartupTrials ? $"Of {history.Count} trials only {taught} taught something." : null,
            },
        };
    }
}
