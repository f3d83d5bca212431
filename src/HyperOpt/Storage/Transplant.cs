using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Storage;

/// <summary>The events of a study as those of another one, which has an id, workers and artifacts of its own.</summary>
internal static class Transplant
{
    /// <summary>The events for the new place. Trials that are under way wait there to be tried: their workers do not work there.</summary>
    /// <param name="events">The events of a study from its first on.</param>
    /// <param name="id">The id of the new study.</param>
    /// <param name="isKept">Whether an artifact came along; the others are left out.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<StudyEvent> Prepare(ReadOnlySpan<StudyEvent> events, string id, Predicate<Artifact> isKept, DateTimeOffset now)
    {
        var prepared = ImmutableArray.CreateBuilder<StudyEvent>(events.Length);
        var underWay = new SortedDictionary<int, int>();
        foreach (var entry in events)
        {
            switch (entry)
            {
                case StudyCreated created:
                    prepared.Add(created with { Id = id });
                    continue;
                case ArtifactSaved saved when !isKept(saved.Artifact):
                    continue;
                case TrialRestored { Trial: var trial } restored:
                    Note(underWay, restored);
                    prepared.Add(restored with { Trial = trial with { Artifacts = trial.Artifacts.RemoveRange(trial.Artifacts.Values.Where(artifact => !isKept(artifact)).Select(artifact => artifact.Name)) } });
                    continue;
                case TrialStarted started:
                    underWay[started.Number] = started.Attempt;
                    break;
                case TrialReleased released:
                    underWay.Remove(released.Number);
                    break;
                case TrialEnded ended:
                    underWay.Remove(ended.Number);
                    break;
            }

            prepared.Add(entry);
        }

        prepared.AddRange(underWay.Select(trial => new TrialReleased(now, trial.Key, trial.Value, "its study was copied while it was under way", false)));
        return prepared.ToImmutable();
    }

    private static void Note(SortedDictionary<int, int> underWay, TrialRestored restored)
    {
        if (restored.Trial.State == TrialState.Running)
        {
            underWay[restored.Trial.Number] = restored.Attempt;
        }
    }
}
