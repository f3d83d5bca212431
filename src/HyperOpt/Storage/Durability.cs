using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>
/// When a storage makes sure that what it was told outlives a loss of power or of its server, before it answers. The death of a worker
/// loses nothing in any case.
/// </summary>
public enum Durability
{
    /// <summary>
    /// At the end of each trial, and at all that is done once: a study created, a trial enqueued or given back, an attribute set. A loss of power
    /// can undo the beginning of trials whose worker was lost with it; they are begun again.
    /// </summary>
    TrialEnd,

    /// <summary>At every event, the beginning of a trial included.</summary>
    EveryEvent,

    /// <summary>Whenever the operating system or the server gets to it: the fastest. A loss of power can undo the last moments of a study.</summary>
    OperatingSystem,
}

/// <summary>What a <see cref="Durability"/> asks of a storage.</summary>
public static class DurabilityExtensions
{
    /// <summary>Whether these events must be on the disk before the storage answers.</summary>
    /// <param name="durability">What was chosen.</param>
    /// <param name="events">What is appended at once.</param>
    public static bool AsksToFlush(this Durability durability, ImmutableArray<StudyEvent> events)
    {
        if (durability != Durability.TrialEnd)
        {
            return durability == Durability.EveryEvent && !events.IsEmpty;
        }

        foreach (var entry in events)
        {
            if (entry is not (TrialStarted or TrialProposed or TrialReported or WorkerAlive))
            {
                return true;
            }
        }

        return false;
    }
}
