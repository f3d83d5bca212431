using System.Collections.Immutable;
using System.Text;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage;

/// <summary>Events are written as documented, and whatever is written is read back.</summary>
public sealed class EventSerializerTests
{
    [Fact]
    public void EachEventIsWrittenAsDocumented()
    {
        var documentation = Repository.Read("docs/journal-format.md");
        var serializer = new EventSerializer();
        var unknown = new List<string>();
        foreach (var entry in EventSamples.All())
        {
            var json = Encoding.UTF8.GetString(serializer.Write(entry));
            serializer.Note(entry);
            unknown.AddRange(documentation.Contains(json, StringComparison.Ordinal) ? [] : [json]);
        }

        Assert.Equal("", string.Join("\n", unknown));
    }

    [Fact]
    public void EveryKindOfEventIsDocumented() => Assert.Equal(
        typeof(StudyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StudyEvent))).Select(type => type.Name).Order(StringComparer.Ordinal),
        EventSamples.All().Select(entry => entry.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void WhatIsWrittenIsReadBack() => Law.Holds(EventScene.Any, 300, scene =>
    {
        var (writer, reader) = (new EventSerializer(), new EventSerializer());
        foreach (var entry in scene.Events())
        {
            var json = writer.Write(entry);
            writer.Note(entry);
            Assert.DoesNotContain((byte)'\n', json);
            Assert.Equal(EventText.Of(entry), EventText.Of(reader.Read(json)));
        }
    });

    [Fact]
    public void WhatIsWrittenTogetherIsWhatIsWrittenOneByOne() => Law.Holds(EventScene.Any, 100, scene =>
    {
        var (one, all) = (new EventSerializer(), new EventSerializer());
        var events = scene.Events();
        var records = all.WriteAll(events);
        Assert.Equal(records.Select(Encoding.UTF8.GetString), events.Select(entry =>
        {
            var json = Encoding.UTF8.GetString(one.Write(entry));
            one.Note(entry);
            return json;
        }));

        // Nothing was noted: should the append be refused, the next one names all spaces again.
        Assert.Equal(records.Select(Encoding.UTF8.GetString), all.WriteAll(events).Select(Encoding.UTF8.GetString));
    });

    [Fact]
    public void ARecordThatNobodyCouldReadIsNotWritten()
    {
        var huge = new StudyAttributeSet(default, "huge", new string('x', EventSerializer.MaxRecordLength));
        var refused = Assert.Throws<ArgumentException>(() => new EventSerializer().Write(huge));
        Assert.Contains("Keep large texts as artifacts", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialThatAskedForJustWhatWasProposedRefersToIt()
    {
        var proposed = new Configuration([Parameter.Float("x", 0, 1)], [0.5]);
        var serializer = new EventSerializer();
        serializer.Note(new TrialStarted(default, 0, 0, "w", true, proposed, null));
        var json = Encoding.UTF8.GetString(serializer.Write(new TrialEnded(default, 0, 0, TrialState.Completed) { Values = [1], Parameters = proposed }));
        Assert.DoesNotContain("parameters", json, StringComparison.Ordinal);
    }

    [Fact]
    public void MinusZeroIsNotZero()
    {
        SearchSpace space = [Parameter.Float("x", -1, 1)];
        var (writer, reader) = (new EventSerializer(), new EventSerializer());
        StudyEvent[] events =
        [
            new TrialStarted(default, 0, 0, "w", true, new Configuration(space, [0.0]), null),
            new TrialEnded(default, 0, 0, TrialState.Failed) { Parameters = new Configuration(space, [-0.0]) },
        ];
        var read = writer.WriteAll([.. events]).Select(json => reader.Read(json)).ToArray();
        Assert.Equal(events.Select(EventText.Of), read.Select(EventText.Of));
    }

    [Fact]
    public void SpacesAreNamedByTheLogNotByWhoReadsIt()
    {
        // The space of an enqueued part lacks the parent of its condition; what is read of it is another space, of the same name.
        var parent = Parameter.Categorical("parent", "a", "b");
        var part = new Configuration(SearchSpace.Empty.Extend(Parameter.Float("x", 0, 1).When(parent, "a")), [0.5]);
        var (writer, reader) = (new EventSerializer(), new EventSerializer());
        var first = new TrialEnqueued(default, 0, part);
        var read = (TrialEnqueued)reader.Read(writer.Write(first));
        writer.Note(first);
        var again = new TrialEnqueued(default, 1, read.Fixed);
        Assert.Equal(writer.Write(new TrialEnqueued(default, 1, part)), reader.Write(again));
    }
}
