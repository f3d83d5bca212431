using HyperOpt.Storage;

namespace HyperOpt.PostgreSql;

/// <summary>
/// The last events of a log as this process knows them, which a crash of the server might take because they are not surely on its disk. What was lost
/// can be put back from here.
/// </summary>
internal sealed class Tail
{
    /// <summary>Far more than a server has in memory only: PostgreSQL writes its log within a second, and a study has some events in that time.</summary>
    private const int Capacity = 8192;

    private readonly List<(Place At, StudyEvent Event)> _events = [];

    /// <summary>All events up to this place are on the disk.</summary>
    public Place Settled { get; private set; }

    public IReadOnlyList<(Place At, StudyEvent Event)> Events => _events;

    public void Add(Place at, StudyEvent entry)
    {
        _events.Add((at, entry));
        if (_events.Count > Capacity)
        {
            Settled = _events[Capacity / 2].At;
            _events.RemoveRange(0, (Capacity / 2) + 1);
        }
    }

    /// <summary>All events are on the disk.</summary>
    public void Settle(Place last)
    {
        Settled = last;
        _events.Clear();
    }
}
