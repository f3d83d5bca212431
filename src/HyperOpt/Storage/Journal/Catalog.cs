namespace HyperOpt.Storage.Journal;

/// <summary>Which studies a journal holds.</summary>
internal sealed class Catalog : IJournalSink
{
    private readonly SortedDictionary<string, int> _studies = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _names = [];

    /// <summary>The number for a new study.</summary>
    public int Next { get; private set; } = 1;

    public IEnumerable<string> Names => _studies.Keys;

    public int? Find(string name) => _studies.TryGetValue(name, out var study) ? study : null;

    void IJournalSink.Begin(JournalHeader header)
    {
        _studies.Clear();
        _names.Clear();
        Next = header.NextStudy;
    }

    void IJournalSink.Take(JournalLine line)
    {
        if (line.IsStudyNamed)
        {
            var name = StudyLine.Parse(line).Name ?? throw new InvalidDataException("A study must have a name, but this one has none. The record is damaged.");
            Forget(line.Study);
            _studies[name] = line.Study;
            _names[line.Study] = name;
            Next = Math.Max(Next, line.Study + 1);
        }
        else if (line.IsStudyDeleted)
        {
            Forget(line.Study);
        }
    }

    private void Forget(int study)
    {
        if (_names.Remove(study, out var name))
        {
            _studies.Remove(name);
        }
    }
}
