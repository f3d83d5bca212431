using System.Globalization;

namespace HyperOpt.Engine;

/// <summary>How far the knowledge of a trial is behind its number: by a number of trials, or to the beginning of its generation.</summary>
internal readonly record struct Lag
{
    private readonly int _trials;
    private readonly bool _isGeneration;

    private Lag(int trials, bool isGeneration)
    {
        _trials = trials;
        _isGeneration = isGeneration;
    }

    /// <summary>Trial n knows the results of the trials up to n - trials.</summary>
    public static Lag Of(int trials) => new(trials, false);

    /// <summary>Trial n knows the results of the trials of the generations before its own.</summary>
    public static Lag Generations(int size) => new(size, true);

    /// <summary>How many trials must have ended, from the first on, for a trial to begin.</summary>
    public int KnownTo(int number) => _isGeneration ? number - number % _trials : Math.Max(0, number - _trials + 1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(_isGeneration ? "generations of " : "Lag ")}{_trials}");
}
