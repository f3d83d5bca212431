using HyperOpt.Samplers.Auto;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Samplers;

/// <summary>
/// Chooses the sampler, trial by trial, so that nobody need know any: a Gaussian process while trials are few, then an evolution strategy, a population or a
/// tree-structured Parzen estimator, as space and objectives suggest. The library's default.
/// </summary>
/// <remarks>
/// <para>With one objective a <see cref="GaussianProcessSampler"/> begins. From some hundred trials on a <see cref="CmaEsSampler"/> goes on from where its trials led; in
/// a conditional space a <see cref="TpeSampler"/>. With two or three objectives a <see cref="NsgaSampler"/> takes over, with more
/// a <see cref="TpeSampler"/> begins. While a Gaussian process cannot foretell the better half of the trials, judged by leaving each out in turn, every other trial is left
/// to the Parzen estimator. While, on the contrary, a quadratic around the best trial foretells the best ones far more sharply than the Gaussian process, every other trial
/// goes to that quadratic's minimum.</para>
/// <para>It is never random without saying so: <see cref="ProposalReason.Choice"/> of each trial names the sampler and why. It goes by the record alone, not by the clock, so a study can be repeated.</para>
/// <para>Source of judging by what was left out: Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, section 5.4.2.</para>
/// </remarks>
public sealed class AutoSampler : ISampler
{
    /// <summary>Before so many trials nothing can be said of skill.</summary>
    private const int SkillTrials = 25;

    /// <summary>A rank correlation below this is no skill.</summary>
    private const double LeastSkill = 0.2;

    private readonly NsgaSampler _population = new();
    private readonly Lazy<GaussianProcessSampler> _model;
    private readonly Lazy<TpeSampler> _densities;
    private readonly Dictionary<int, CmaEsSampler> _strategies = [];

    /// <summary>A sampler that chooses.</summary>
    public AutoSampler()
    {
        _model = new Lazy<GaussianProcessSampler>(() => new GaussianProcessSampler { Trials = Trials, Cost = Cost });
        _densities = new Lazy<TpeSampler>(() => new TpeSampler { Cost = Cost });
    }

    /// <summary>
    /// How many trials the study is to have, if that is known: the last tenth then goes for what is known to be good rather than for knowledge. Null, the default: unknown.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? Trials
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= Trials must hold: it is how many trials there will be. Give a positive number, or null.");
    }

    /// <summary>
    /// About how long a trial takes. Of trials below two milliseconds only the first hundred are worth a model, of those of a second and more the first thousand. Null, the
    /// default: unknown, three hundred. It is not measured, because then a study could not be repeated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan? TrialDuration
    {
        get;
        init => field = value is { Ticks: < 0 } ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= TrialDuration must hold. Give a time, or null.") : value;
    }

    /// <summary>What trials cost, to be weighed against what they promise, by the Gaussian process and by TPE. Null, the default: all cost the same.</summary>
    public TrialCost? Cost { get; init; }

    /// <inheritdoc/>
    public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(random);
        var rule = new AutoRule(space, history.Objectives, TrialDuration);
        var choice = Doubt(space, history, rule.At(history.Number));
        if (Sharpen(space, history, choice) is { } sharp)
        {
            return sharp;
        }

        var proposal = SamplerOf(choice.Kind, rule).Propose(space, history, random);
        return proposal is null ? null : proposal with { Reason = (proposal.Reason ?? new ProposalReason(NameOf(choice.Kind))) with { Choice = $"{NameOf(choice.Kind)}: {choice.Why}" } };
    }

    private static string NameOf(AutoKind kind) => kind switch
    {
        AutoKind.GaussianProcess => "Gaussian process",
        AutoKind.Tpe => "TPE",
        AutoKind.CmaEs => "CMA-ES",
        _ => "NSGA",
    };

    private ISampler SamplerOf(AutoKind kind, AutoRule rule) => kind switch
    {
        AutoKind.GaussianProcess => _model.Value,
        AutoKind.Tpe => _densities.Value,
        AutoKind.CmaEs => StrategyFrom(rule.ModelEnd),
        _ => _population,
    };

    // What was found by the model is where the strategy begins.
    private CmaEsSampler StrategyFrom(int begin)
    {
        lock (_strategies)
        {
            return _strategies.TryGetValue(begin, out var strategy) ? strategy : _strategies[begin] = new CmaEsSampler { Begin = begin };
        }
    }

    // Where losses are smooth, the way down from the best trial is known better from near by.
    private Proposal? Sharpen(SearchSpace space, TrialHistory history, AutoChoice choice) =>
        choice.Kind == AutoKind.GaussianProcess && history.Objectives == 1 && history.Number % 2 == 0 && Cost is null && _model.Value.ModelOf(space, history) is { } model
            ? LocalQuadratic.Propose(space, history, model)
            : null;

    // A model that foretells nothing is not left alone with the study.
    private AutoChoice Doubt(SearchSpace space, TrialHistory history, AutoChoice choice) =>
        choice.Kind == AutoKind.GaussianProcess && history.Objectives == 1 && history.Number % 2 == 1 && history.Count >= SkillTrials
        && _model.Value.SkillOf(space, history) is { RankCorrelation: < LeastSkill and var skill }
            ? new AutoChoice(AutoKind.Tpe, Invariant($"the Gaussian process foretells the better half of {history.Count} trials with a rank correlation of {skill:F2} only"))
            : choice;
}
