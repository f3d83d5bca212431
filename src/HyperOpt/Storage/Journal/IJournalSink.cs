namespace HyperOpt.Storage.Journal;

/// <summary>Takes in a journal as it is read.</summary>
internal interface IJournalSink
{
    /// <summary>A file begins: the first one, or a compacted one in its place, whose snapshot stands for what came before.</summary>
    void Begin(JournalHeader header);

    /// <summary>A line, of an append that is there as a whole.</summary>
    void Take(JournalLine line);
}
