namespace HyperOpt.Storage;

/// <summary>What a log answers: the events since the last call, and whether it took those that were to be appended.</summary>
/// <param name="IsAccepted">False if a claim of the events was taken: then none of them was appended.</param>
/// <param name="Events">All events since the last call, in order, the appended ones included.</param>
public readonly record struct LogSlice(bool IsAccepted, ReadOnlyMemory<StudyEvent> Events);
