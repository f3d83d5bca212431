using System.Text.Json;

namespace HyperOpt.Storage.Journal;

/// <summary>
/// Writes a journal anew as a snapshot of its studies and puts it in the old one's place, at once. It all happens under the lock, so there is no append
/// that it could miss; who has the old file open reads that to its end and goes on after the snapshot.
/// </summary>
internal static class JournalCompaction
{
    public static async ValueTask RunAsync(JournalPlace place, CancellationToken token)
    {
        using (await place.Lock.TakeAsync(token).ConfigureAwait(false))
        {
            Run(place, static (_, _) => true);
        }
    }

    /// <summary>Compacts if that at least halves the file. What goes wrong is logged: the events that were to be appended are.</summary>
    public static async ValueTask TryRunAsync(JournalPlace place, CancellationToken token)
    {
        try
        {
            using (await place.Lock.TakeAsync(token).ConfigureAwait(false))
            {
                var length = new FileInfo(place.Path).Length;
                if (place.MayCompact(length)) // another may just have done it
                {
                    place.Compacted(length);
                    Run(place, static (before, after) => after <= before / 2);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or OperationCanceledException)
        {
            JournalMessages.NotCompacted(place.Logger, place.Path, exception);
        }
    }

    private static void Run(JournalPlace place, Func<long, long, bool> isWorthIt)
    {
        var studies = new Contents();
        using var follower = new JournalFollower(place.Path, FileAccess.Read, studies);
        if (!follower.Advance())
        {
            return;
        }

        var at = place.Options.TimeProvider.GetUtcNow();
        var (before, after) = (follower.Offset, 0L);
        var isReplaced = JournalFile.TryReplace(place.Path, file =>
        {
            studies.Write(file, at);
            after = file.Position;
            return isWorthIt(before, after);
        });
        if (isReplaced)
        {
            place.Compacted(after);
            JournalMessages.Compacted(place.Logger, place.Path, before, after);
        }
    }

    /// <summary>All that a journal holds.</summary>
    private sealed class Contents : IJournalSink
    {
        private readonly SortedDictionary<int, Content> _studies = [];
        private JournalHeader? _header;
        private int _next;
        private bool _isSnapshot;

        void IJournalSink.Begin(JournalHeader header) => (_header, _next, _isSnapshot) = (header, header.NextStudy, true);

        void IJournalSink.Take(JournalLine line)
        {
            if (line.IsSnapshotEnd)
            {
                _isSnapshot = false;
            }
            else if (line.IsStudyNamed)
            {
                Name(line);
            }
            else if (line.IsStudyDeleted)
            {
                _studies.Remove(line.Study);
            }
            else if (_studies.TryGetValue(line.Study, out var study))
            {
                study.Fold.Apply(study.Serializer.Read(line.Bytes));
                study.Count += _isSnapshot ? 0 : 1;
            }
        }

        public void Write(Stream to, DateTimeOffset at)
        {
            var lines = 0L;
            to.Write((_header! with { Generation = _header.Generation + 1, NextStudy = _next }).ToLine());
            foreach (var (number, study) in _studies)
            {
                var named = new StudyLine { Event = "study", Name = study.Name, Events = study.Count };
                JournalLine.Write(to, number, false, JsonSerializer.SerializeToUtf8Bytes(named, JournalContext.Default.StudyLine));
                lines++;
                var serializer = new EventSerializer();
                foreach (var entry in study.Fold.Snapshot(at))
                {
                    JournalLine.Write(to, number, false, serializer.Write(entry));
                    serializer.Note(entry);
                    lines++;
                }
            }

            JournalLine.Write(to, 0, false, JsonSerializer.SerializeToUtf8Bytes(new SnapshotEnd { Lines = lines }, JournalContext.Default.SnapshotEnd));
        }

        private void Name(JournalLine line)
        {
            var named = StudyLine.Parse(line);
            if (!_studies.TryGetValue(line.Study, out var study))
            {
                _studies.Add(line.Study, study = new Content());
            }

            study.Name = named.Name!;
            study.Count = named.Events ?? study.Count;
            _next = Math.Max(_next, line.Study + 1);
        }
    }

    private sealed class Content
    {
        public string Name { get; set; } = "";

        public long Count { get; set; }

        public StudyFold Fold { get; } = new();

        public EventSerializer Serializer { get; } = new();
    }
}
