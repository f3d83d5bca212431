using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers;

/// <summary>How the hyperparameters of a member vary when it goes on from another one. Immutable.</summary>
public sealed record Explore
{
    private Explore()
    {
    }

    /// <summary>Not at all.</summary>
    public static Explore None { get; } = new();

    /// <summary>The factor of <see cref="Perturb"/>, and of <see cref="Bandit"/> before it has learnt; 1 for the others.</summary>
    public double Factor { get; private init; } = 1;

    /// <summary>The probability with which <see cref="Perturb"/> draws a parameter anew, and <see cref="Bandit"/> a category.</summary>
    public double Resample { get; private init; }

    /// <summary>The standard deviation of <see cref="Gaussian"/>, in coordinates; 0 for the others.</summary>
    public double Deviation { get; private init; }

    /// <summary>Whether this is a <see cref="Bandit"/>.</summary>
    public bool IsBandit { get; private init; }

    /// <summary>Whether members that go on from their own checkpoint vary too.</summary>
    public bool IsAlways { get; private init; }

    /// <summary>The names of the parameters that stay what they were when a member began, unless another's checkpoint is taken over.</summary>
    public ImmutableSortedSet<string> Kept { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>
    /// Each parameter for itself is drawn anew with some probability, or else perturbed. Perturbed: a log-scaled number, and one whose range does not
    /// hold zero, is multiplied or divided by the factor; any other is moved by (factor - 1) times its range; whole numbers, steps and
    /// ordered choices move by one at the least. What leaves the range is set to its end. A category stays.
    /// </summary>
    /// <param name="factor">Above 1. Default 1.2.</param>
    /// <param name="resample">From 0 to 1. Default 1/4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 1, or the probability outside [0,1].</exception>
    public static Explore Perturb(double factor = 1.2, double resample = 0.25)
    {
        if (!(factor > 1) || !double.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "1 < factor must hold: it says how much a value changes. Take 1.2.");
        }

        return resample is >= 0 and <= 1
            ? new Explore { Factor = factor, Resample = resample }
            : throw new ArgumentOutOfRangeException(nameof(resample), resample, "0 <= resample <= 1 must hold: it is a probability. Take 0.25.");
    }

    /// <summary>
    /// Normal noise on every ordered parameter, on the scale on which it was declared. What leaves the range is set to its end. A category stays.
    /// </summary>
    /// <param name="deviation">The standard deviation as a share of the range; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static Explore Gaussian(double deviation) => deviation > 0 && double.IsFinite(deviation)
        ? new Explore { Deviation = deviation }
        : throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "0 < deviation must hold: it says how much values vary. Take 0.02.");

    /// <summary>
    /// Population based bandits (PB2): ordered parameters are chosen by the upper confidence bound of a Gaussian process, which has learnt what the latest 200
    /// intervals won, by when they began, at which loss and with which hyperparameters. Older intervals count less, by as much as they are found to. Trials under way
    /// count as known points of unknown gain, so that members do not all try the same. A category is drawn anew with some probability, and
    /// stays otherwise. Until four intervals were trained from a checkpoint, and where no candidate holds the hard constraints, it is <see cref="Perturb"/> by 1.2.
    /// </summary>
    /// <remarks>
    /// It costs milliseconds to tens of milliseconds for each member that varies. Source: Parker-Holder, Nguyen and Roberts 2020, arXiv:2002.02518. Unlike there, losses count by their rank, gains by their
    /// distance from the median, and whole numbers, steps and ordered choices are chosen too.
    /// </remarks>
    /// <param name="resample">The probability with which a category is drawn anew; until the process is there, any parameter. From 0 to 1. Default 1/4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0,1].</exception>
    public static Explore Bandit(double resample = 0.25) => Perturb(1.2, resample) with { IsBandit = true };

    /// <summary>The same, for members that go on from their own checkpoint too.</summary>
    public Explore Always() => this with { IsAlways = true };

    /// <summary>The same, but some parameters stay: those that decide the shape of what a checkpoint holds, such as a number of units.</summary>
    public Explore Except(params ReadOnlySpan<Parameter> parameters)
    {
        var kept = Kept.ToBuilder();
        foreach (var parameter in parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
            kept.Add(parameter.Name);
        }

        return this with { Kept = kept.ToImmutable() };
    }
}
