using System.Collections.Immutable;

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

    /// <summary>Whether events may be appended together: no claim of them is taken, nor made by two of them.</summary>
    public bool Allows(ImmutableArray<StudyEvent> events)
    {
        HashSet<EventClaim>? own = null;
        foreach (var entry in events)
        {
            foreach (var claim in entry.Claims)
            {
                if (_taken.Contains(claim) || (events.Length > 1 && !(own ??= []).Add(claim)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
