namespace HyperOpt.Storage;

/// <summary>What a log answers: the events after a position, and whether it took those that were to be appended.</summary>
/// <param name="IsAccepted">False if a claim of the events was taken: then none of them was appended.</param>
/// <param name="After">The position after which the events stand: the number of events before them.</param>
/// <param name="Events">All events since, the appended ones included.</param>
public readonly record struct LogSlice(bool IsAccepted, long After, ReadOnlyMemory<StudyEvent> Events);
