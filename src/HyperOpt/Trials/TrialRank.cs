namespace HyperOpt.Trials;

/// <summary>
/// How good a finished trial is, whatever its fate: completed ones by their first loss, then pruned ones (the further the better, then by the last report), then
/// infeasible ones by how far they violate constraints, then failed ones. Less is better.
/// </summary>
internal readonly record struct TrialRank(int Class, double First, double Second) : IComparable<TrialRank>
{
    /// <summary>Completed, and within all constraints.</summary>
    public bool IsComplete => Class == 0 && Second == 0;

    public bool IsFailed => Class == 3;

    /// <summary>The rank of a completed feasible trial.</summary>
    public static TrialRank Complete(double loss) => new(0, loss, 0);

    /// <summary>The rank of a pruned trial that would have ended with this loss: among the completed ones, behind its equals.</summary>
    public static TrialRank Forecast(double loss) => new(0, loss, 1);

    /// <summary>The rank of a pruned trial that would have ended with this loss, but most likely outside of a constraint: before those known to be infeasible.</summary>
    public static TrialRank LikelyInfeasible(double loss) => new(2, -1, loss);

    /// <summary>The rank of a trial.</summary>
    /// <param name="row">It ended.</param>
    /// <param name="scales">The usual size of each violation, so that constraints of different units weigh alike.</param>
    public static TrialRank Of(Observation row, ViolationScales scales) => row switch
    {
        { State: TrialState.Failed } => new TrialRank(3, 0, 0),
        { IsFeasible: false } => new TrialRank(2, scales.Total(row), 0),
        { State: TrialState.Completed } => Complete(row.Losses[0]),
        { Curve.Count: 0 } => new TrialRank(1, 1, 0),
        _ => new TrialRank(1, -row.Curve.Steps[^1], double.IsNaN(row.Curve.Loss(row.Curve.Count - 1)) ? double.PositiveInfinity : row.Curve.Loss(row.Curve.Count - 1)),
    };

    public int CompareTo(TrialRank other)
    {
        var order = Class.CompareTo(other.Class);
        order = order != 0 ? order : First.CompareTo(other.First);
        return order != 0 ? order : Second.CompareTo(other.Second);
    }

    public static bool operator <(TrialRank one, TrialRank other) => one.CompareTo(other) < 0;

    public static bool operator >(TrialRank one, TrialRank other) => one.CompareTo(other) > 0;

    public static bool operator <=(TrialRank one, TrialRank other) => one.CompareTo(other) <= 0;

    public static bool operator >=(TrialRank one, TrialRank other) => one.CompareTo(other) >= 0;
}
