namespace HyperOpt.Trials;

/// <summary>
/// What a trial reported, as algorithms see it: losses (less is better), in the order of reporting. Immutable.
/// A step stands in it once.
/// </summary>
public sealed class LearningCurve
{
    private readonly int[] _steps;
    private readonly double[] _losses; // [report × objective]
    private readonly bool _isSorted;

    internal LearningCurve(int[] steps, double[] losses, int count, int objectives, bool isSorted)
    {
        _steps = steps;
        _losses = losses;
        _isSorted = isSorted;
        Count = count;
        Objectives = objectives;
    }

    /// <summary>No report.</summary>
    public static LearningCurve Empty { get; } = new([], [], 0, 1, true);

    /// <summary>How many reports there are.</summary>
    public int Count { get; }

    /// <summary>How many losses a report has.</summary>
    public int Objectives { get; }

    /// <summary>The steps, in the order of reporting.</summary>
    public ReadOnlySpan<int> Steps => _steps.AsSpan(0, Count);

    /// <summary>A curve of one objective.</summary>
    /// <param name="reports">Steps (distinct) and losses.</param>
    /// <exception cref="ArgumentException">A step stands twice.</exception>
    public static LearningCurve Create(params IEnumerable<(int Step, double Loss)> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var builder = new LearningCurveBuilder(1);
        foreach (var (step, loss) in reports)
        {
            if (!builder.TryAdd(step, [loss]))
            {
                throw new ArgumentException($"A step stands once in a curve, but step {step} stands twice. Remove one.", nameof(reports));
            }
        }

        return builder.Snapshot();
    }

    /// <summary>The losses of the report of that index: one for each objective.</summary>
    public ReadOnlySpan<double> LossesAt(int index) => _losses.AsSpan(index * Objectives, Objectives);

    /// <summary>The loss of the report of that index.</summary>
    public double Loss(int index, int objective = 0) => _losses[index * Objectives + objective];

    /// <summary>The index of the report of a step, or -1.</summary>
    public int IndexOf(int step) => _isSorted ? Math.Max(Steps.BinarySearch(step), -1) : Steps.IndexOf(step);
}
