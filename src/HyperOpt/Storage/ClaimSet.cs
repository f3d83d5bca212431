namespace HyperOpt.Storage;

/// <summary>Which claims the events of a log have taken; for storages that check them themselves.</summary>
public sealed class ClaimSet
{
    private readonly HashSet<EventClaim> _taken = [];

    /// <summary>Takes the claims of an event that stands in the log.</summary>
    public void Note(StudyEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var claim in entry.Claims)
        {
            _taken.Add(claim);
        }
    }

    /// <summary>Whether an event may be appended.</summary>
    public bool Allows(StudyEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var claim in entry.Claims)
        {
            if (_taken.Contains(claim))
            {
                return false;
            }
        }

        return true;
    }
}
