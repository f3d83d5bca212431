using HyperOpt.Spaces;
using static System.FormattableString;

namespace HyperOpt.Samplers.Auto;

/// <summary>Which sampler is at home with a study: by its space, its objectives, how many trials there were, and what a trial costs.</summary>
/// <param name="space">What may vary.</param>
/// <param name="objectives">How many losses a trial has.</param>
/// <param name="duration">How long a trial takes; null if nobody said.</param>
internal sealed class AutoRule(SearchSpace space, int objectives, TimeSpan? duration)
{
    /// <summary>A Gaussian process is at home below so many trials of one loss, if a trial's cost is unknown.</summary>
    private const int ModelTrials = 300;

    /// <summary>The same for trials that cost next to nothing: there, more trials are worth more than better ones.</summary>
    private const int CheapModelTrials = 100;

    /// <summary>The same for trials of a second or more, to which some milliseconds are nothing.</summary>
    private const int DearModelTrials = 1000;

    /// <summary>And of several losses, each of which has a model of its own.</summary>
    private const int SeveralModelTrials = 250;

    private const int MostModelAxes = 100;

    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan Dear = TimeSpan.FromSeconds(1);

    /// <summary>From which trial on the model gives way to what needs no model.</summary>
    public int ModelEnd { get; } =
        space.Count > MostModelAxes ? 0
        : objectives > 1 ? SeveralModelTrials
        : duration is not { } known ? ModelTrials
        : known < Cheap ? CheapModelTrials
        : known >= Dear ? DearModelTrials
        : ModelTrials;

    private bool IsConditional { get; } = space.Any(parameter => !parameter.Conditions.IsEmpty);

    /// <summary>The choice for a trial, before what the history shows.</summary>
    /// <param name="number">The trial's number.</param>
    public AutoChoice At(int number) => objectives switch
    {
        1 => number < ModelEnd ? Model(number) : Tail(),
        <= 3 => number < ModelEnd
            ? Model(number)
            : new AutoChoice(AutoKind.Nsga, Invariant($"{objectives} objectives, from trial {ModelEnd} on a population")),
        _ => number < SeveralModelTrials
            ? new AutoChoice(AutoKind.Tpe, Invariant($"{objectives} objectives are too many for the volume that a Gaussian process would expect to gain"))
            : new AutoChoice(AutoKind.Nsga, Invariant($"{objectives} objectives, from trial {SeveralModelTrials} on a population")),
    };

    private AutoChoice Model(int number) => new(AutoKind.GaussianProcess, Invariant($"trial {number} of at most {ModelEnd} by a Gaussian process"));

    // Without a Gaussian process: because there were enough trials, or because there are too many parameters.
    private AutoChoice Tail()
    {
        var after = ModelEnd == 0 ? Invariant($"{space.Count} parameters are too many for a Gaussian process") : Invariant($"from trial {ModelEnd} on no Gaussian process");
        return IsConditional
            ? new AutoChoice(AutoKind.Tpe, after + ", and a conditional space")
            : new AutoChoice(AutoKind.CmaEs, after + ", and a space without conditions");
    }
}
