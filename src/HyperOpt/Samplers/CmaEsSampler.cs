using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Samplers.CmaEs;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Samplers;

/// <summary>
/// The covariance matrix adaptation evolution strategy: draws from a normal distribution whose mean, size and shape follow the better half of the trials. At home
/// with hundreds to many thousands of cheap trials over up to some hundred numbers, however badly scaled, turned or rugged the loss is.
/// </summary>
/// <remarks>
/// <para>Whole numbers and lists keep a chance to change (margin), categories have distributions of their own that are learnt with the rest. What an inactive axis
/// would have been is drawn from the distribution, so that it moves nothing. One proposal of each generation is where a quadratic fitted to
/// the latest trials is least. Any trial counts once it has ended, whoever proposed it; as many as the
/// population make one update. Pruned trials rank behind completed ones, then infeasible ones by their violations, then failed ones. With several objectives trials
/// rank by fronts and hypervolume, and the search goes to one region of the front: take another sampler for all of it.</para>
/// <para>Each proposal says what it rests on (<see cref="Proposal.Reason"/>).</para>
/// <para>Sources: Hansen 2016, arXiv:1604.00772; margin and categories: Hamano et al. 2022, 10.1145/3512290.3528827, and 2025, arXiv:2504.07884; restarts: Hansen 2009,
/// 10.1145/1570256.1570333; model: Hansen 2019, 10.1145/3321707.3321842; noise: Nomura et al. 2023, arXiv:2304.03473; foreign trials: Hansen 2011, arXiv:1110.4181, and Nomura et al. 2021, arXiv:2012.06932; more than
/// 100 numbers: Ros and Hansen 2008, 10.1007/978-3-540-87700-4_30.</para>
/// </remarks>
public sealed class CmaEsSampler : ISampler
{
    /// <summary>How many of the best points of other studies it begins with at most.</summary>
    private const int MostOfSources = 4;

    private readonly ConditionalWeakTable<object, StrategyMemo> _memos = [];
    private readonly ConditionalWeakTable<SearchSpace, SearchAxes> _axes = [];
    private readonly QuasiRandomSampler _quasiRandom = new();
    private QuadraticFit? _room;

    /// <summary>
    /// How many trials make one update of the first search. More search wider and slower. Null, the default: 4 + ⌊3 ln n⌋ for n parameters, as Hansen has it; a quarter
    /// less where all are continuous, because there the model makes up for it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 4.</exception>
    public int? PopulationSize
    {
        get;
        init => field = value is null or >= 4 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "4 <= PopulationSize must hold: the better half must be more than one. Give a greater number, or null.");
    }

    /// <summary>The standard deviation of the first draws, around the middle of the space, in units of each range. Default 1/6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most 1.</exception>
    public double InitialSigma
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 < InitialSigma <= 1 must hold: it is a part of each range. Give, say, 0.2.");
    } = 1.0 / 6;

    /// <summary>What follows when the search has converged or got stuck. Default <see cref="CmaEsRestarts.Bipop"/>.</summary>
    public CmaEsRestarts Restarts { get; init; } = CmaEsRestarts.Bipop;

    /// <summary>Whether steps are made smaller while updates contradict each other: for losses with strong noise, at the price of speed elsewhere. Default false.</summary>
    public bool AdaptsToNoise { get; init; }

    /// <summary>
    /// The number of the trial with which the search begins. Those before it, enqueued or of another sampler, are where it begins from: the distribution nearest to
    /// their best tenth. Those that nobody proposed are scrambled Sobol points. Default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Begin
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= Begin must hold: it is the number of a trial. Give 0 or more.");
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        if (history.Number < Begin)
        {
            return _quasiRandom.Propose(space, history, random) with { Reason = new ProposalReason("initial design: quasi-random point") };
        }

        if (Begin == 0 && SourceDesign.Propose(space, history, MostOfSources, () => _quasiRandom.Propose(space, history, random)) is { } known)
        {
            return known;
        }

        var axes = _axes.GetValue(space, static key => new SearchAxes(key));
        if (axes.Count == 0)
        {
            return new Proposal([.. Enumerable.Repeat(0.5, space.Count)]);
        }

        var state = _memos.GetValue(history.Table, _ => new StrategyMemo(Settings)).StateOf(axes, history);
        var draw = new PointDraw(axes, state, history, random);
        if (UsesModel && IsTurnOfModel(state, history) && BestStep(axes, state, history) is { } step && draw.At(step) is { } best)
        {
            return ProposalOf(best, state, "model's minimum", null);
        }

        return draw.Next() is { } point
            ? ProposalOf(point, state, "draw", null)
            : ProposalOf(draw.Last, state, "draw", "Every draw broke a hard constraint or was tried.");
    }

    /// <summary>Whether one proposal of each generation is where a quadratic model is least.</summary>
    internal bool UsesModel { get; init; } = true;

    // Whoever comes while the room is in use makes another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[]? BestStep(SearchAxes axes, SearchState state, TrialHistory history)
    {
        var room = Interlocked.Exchange(ref _room, null);
        var step = QuadraticModel.BestStep(axes, state, history, ref room);
        Volatile.Write(ref _room, room);
        return step;
    }

    private CmaEsSettings Settings => new(PopulationSize, InitialSigma, Restarts, AdaptsToNoise, Begin);

    // By number, so that trials under way together do not all go there.
    private static bool IsTurnOfModel(SearchState state, TrialHistory history) =>
        state.Gaussian is not null && history.Objectives == 1 && history.Number % state.Regime.Population == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Proposal ProposalOf(double[] point, SearchState state, string kind, string? fallback) => new(ImmutableCollectionsMarshal.AsImmutableArray(point))
    {
        Reason = new ProposalReason($"{state.Regime.Name}: {kind}")
        {
            Model = state.Gaussian is { } gaussian
                ? Invariant($"generation {gaussian.Generation} of {state.Regime.Population}, sigma {gaussian.Sigma:G3}, condition {gaussian.Shape.Condition:G2}")
                : Invariant($"categories, population {state.Regime.Population}"),
            Fallback = fallback,
        },
    };
}
