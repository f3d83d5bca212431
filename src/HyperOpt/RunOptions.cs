using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>How one run of a study goes. What the study is stands in <see cref="StudyOptions"/>.</summary>
public sealed record RunOptions
{
    /// <summary>How many trials to begin. Default null: 100 if neither <see cref="StudyTrials"/> nor <see cref="Timeout"/> nor <see cref="StopWhen"/> ends the run, else any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int? Trials
    {
        get;
        init => field = value is < 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= Trials must hold. Give the number of trials to begin.") : value;
    }

    /// <summary>
    /// End when the study has this many trials, whoever ran them. Trials that other workers have under way are waited for, and taken over
    /// if those die, so that all have ended when the run has. Default null: no such end.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int? StudyTrials
    {
        get;
        init => field = value is < 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= StudyTrials must hold. Give the number of trials of the study.") : value;
    }

    /// <summary>
    /// After how much time to end: no trial begins any more, and those under way are told to stop by their token. Those that do not
    /// finish within <see cref="Grace"/> are given back, to be tried again by a later run. Default null: never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or 49 days or more.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = Positive(value, nameof(Timeout));
    }

    /// <summary>A rule that ends the run, such as <c>Stop.WhenReached(0.01).Or(Stop.WhenNoImprovement(50))</c>. Default null: none.</summary>
    public IStopRule? StopWhen { get; init; }

    /// <summary>How many trials to evaluate at once. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Parallelism
    {
        get;
        init => field = value < 1 ? throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= Parallelism must hold. Take Environment.ProcessorCount for an objective that computes.") : value;
    } = 1;

    /// <summary>
    /// Whether the same seed gives the same trials (see <see cref="StudyOptions.Lag"/>). False: each trial learns from whatever has ended when it
    /// begins, and no worker ever waits; better where trials take very uneven times. Default true.
    /// </summary>
    public bool Reproducible { get; init; } = true;

    /// <summary>
    /// How long a trial may take: then its token is cancelled, and unless it still returns a value within <see cref="Grace"/>, it fails. The run
    /// goes on. Default null: any time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or 49 days or more.</exception>
    public TimeSpan? TrialTimeLimit
    {
        get;
        init => field = Positive(value, nameof(TrialTimeLimit));
    }

    /// <summary>
    /// How long a trial that was told to stop may take to do so. After that it is left behind: its thread goes on, its result no longer counts.
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: it is waited for. Default 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or 49 days or more.</exception>
    public TimeSpan Grace
    {
        get;
        init => field = value == System.Threading.Timeout.InfiniteTimeSpan || value == TimeSpan.Zero ? value : Positive(value, nameof(Grace))!.Value;
    } = TimeSpan.FromSeconds(30);

    /// <summary>Which exceptions of the objective only fail their trial. Default null: none; the first ends the run, and is thrown once the trials under way have ended.</summary>
    public Func<Exception, bool>? Tolerate { get; init; }

    /// <summary>Called after each trial that ended, by one thread at a time; an exception from it ends the run. Trials given back have not ended.</summary>
    public Action<IStudy, FrozenTrial>? OnTrialEnded { get; init; }

    /// <summary>Told after each trial how far the run is.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    // Timers hold 2^32 - 2 milliseconds at the most.
    private static TimeSpan? Positive(TimeSpan? value, string name) =>
        value <= TimeSpan.Zero || value >= TimeSpan.FromDays(49)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, $"0 < {name} < 49 days must hold. Leave it out for no limit.")
            : value;
}
