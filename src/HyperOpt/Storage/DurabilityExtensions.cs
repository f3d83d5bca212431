using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>What a <see cref="Durability"/> asks of a storage.</summary>
public static class DurabilityExtensions
{
    /// <summary>
    /// Whether these events must be on the disk before the storage answers. With <see cref="Durability.EachTrialEnd"/> those that would be lost for good:
    /// all but the beginnings and reports of trials, and the renewal of leases.
    /// </summary>
    /// <param name="durability">What was chosen.</param>
    /// <param name="events">What is appended at once.</param>
    public static bool AsksToFlush(this Durability durability, ImmutableArray<StudyEvent> events)
    {
        if (durability != Durability.EachTrialEnd)
        {
            return durability == Durability.EachEvent && !events.IsEmpty;
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
