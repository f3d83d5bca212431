namespace HyperOpt.Trials;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Enqueued, or given back by a run that ended early; the next free worker takes it.</summary>
    Waiting,

    /// <summary>Being evaluated.</summary>
    Running,

    /// <summary>Ended with its objective values.</summary>
    Completed,

    /// <summary>Ended early, because the pruner gave it no chance.</summary>
    Pruned,

    /// <summary>Ended by an error, by NaN or by its time limit.</summary>
    Failed,
}
