using System.Text;
using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Storage;

/// <summary>A record that is none of ours is refused as damaged data, whatever is in it.</summary>
public sealed class HostileRecordTests
{
    private const string At = "\"at\":\"2026-11-21T12:00:00+00:00\"";
    private const string Space = "\"space\":{\"id\":\"0011223344556677\",\"parameters\":[{\"name\":\"x\",\"kind\":\"float\",\"low\":0,\"high\":1},{\"name\":\"c\",\"kind\":\"categorical\",\"values\":[\"a\",\"b\"]}]}";

    public static TheoryData<string> Records() =>
    [
        "", " ", "null", "1", "\"started\"", "[]", "{", "{}", "}", "{\"event\":\"alive\"", "\uFEFF{}", "\0", "not json", "{\"event\":null}", "{'event':'alive'}",
        $$"""{"event":"alive",{{At}},"worker":"w"} {"event":"alive",{{At}},"worker":"w"}""",
        $$"""{"event":"alive",{{At}}}""",
        $$"""{"event":"alive",{{At}},"worker":null}""",
        $$"""{"event":"alive",{{At}},"worker":17}""",
        $$"""{"event":"alive",{{At}},"worker":["w"]}""",
        $$"""{"event":"alive",{{At}},"worker":"\ud800"}""",
        """{"event":"alive","at":"yesterday","worker":"w"}""",
        """{"event":"alive","at":20261121,"worker":"w"}""",
        """{"event":"alive","worker":"w"}""",
        $$"""{"event":"from the future",{{At}}}""",
        $$"""{"event":"Started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":-1,"attempt":0,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":1e10,"attempt":0,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":0.5,"attempt":0,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":"0","attempt":0,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":-1,"worker":"w","new":true}""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":"yes"}""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{"space":{"id":"ffffffffffffffff"},"values":{} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{"values":{"x":1},{{Space}}} }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}}} }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"y":0.5} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"x":7} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"x":"NaN"} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"x":true} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"c":99} } }""",
        $$"""{"event":"started",{{At}},"trial":0,"attempt":0,"worker":"w","new":true,"proposed":{{{Space}},"values":{"c":"z"} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":"1","parameters":[{"name":"x","kind":"colour"}]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":"1","parameters":[{"name":"x","kind":"float"}]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":"1","parameters":[{"name":"x","kind":"float","low":2,"high":1}]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":"1","parameters":[{"name":"x","kind":"categorical"}]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":"1","parameters":[null]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":{"space":{"id":null,"parameters":[]},"values":{} } }""",
        $$"""{"event":"enqueued",{{At}},"trial":0,"fixed":null}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"17"}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"completed"}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"Completed","values":1}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"Completed","values":[null]}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"Completed","values":["nan"]}""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"Completed","attributes":{"a":{"colour":1} } }""",
        $$"""{"event":"ended",{{At}},"trial":0,"attempt":0,"state":"Completed","attributes":[1]}""",
        $$"""{"event":"reported",{{At}},"trial":0,"attempt":0,"step":0}""",
        $$"""{"event":"reported",{{At}},"trial":0,"attempt":0,"values":[1]}""",
        $$"""{"event":"artifact_saved",{{At}},"trial":0,"attempt":0,"artifacts":[]}""",
        $$"""{"event":"artifact_saved",{{At}},"trial":0,"attempt":0,"artifacts":[{"name":"a"}]}""",
        $$"""{"event":"study_created",{{At}},"seed":-1,"directions":["minimize"]}""",
        $$"""{"event":"study_created",{{At}},"seed":1,"directions":["up"]}""",
        $$"""{"event":"study_created",{{At}},"seed":1,"directions":[1]}""",
        $$"""{"event":"trial",{{At}},"trial":0,"attempt":0,"state":"Running"}""",
        $$"""{"event":"trial",{{At}},"trial":0,"attempt":0,"state":"Completed","reports":[{"step":1}]}""",
        $$"""{"event":"alive",{{At}},"worker":"w","deep":{{new string('[', 20)}}{{new string(']', 20)}}}""",
    ];

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void ARecordThatIsNoneOfOursIsRefused(string json)
    {
        var refused = Assert.Throws<InvalidDataException>(() => new EventSerializer().Read(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(" must ", refused.Message, StringComparison.Ordinal);
        Assert.InRange(refused.Message.Length, 40, 700);
    }

    [Fact]
    public void ARecordThatIsTooLongIsNotLookedAt()
    {
        var json = new byte[EventSerializer.MaxRecordLength + 1];
        Array.Fill(json, (byte)'[');
        Assert.Contains($"{json.Length}", Assert.Throws<InvalidDataException>(() => new EventSerializer().Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFieldThatIsNotKnownIsPassedOver()
    {
        var read = new EventSerializer().Read(Encoding.UTF8.GetBytes($$"""{"colour":{"a":[1,{"b":2}]},"event":"alive",{{At}},"worker":"w","more":[]}"""));
        Assert.Equal("w", Assert.IsType<WorkerAlive>(read).Worker);
    }

    [Fact]
    public void AnyByteChangedIsReadOrRefusedButNeverAnotherError()
    {
        var serializer = new EventSerializer();
        foreach (var entry in EventSamples.All())
        {
            var json = serializer.Write(entry);
            for (var at = 0; at < json.Length; at++)
            {
                foreach (var change in new byte[] { 0, (byte)'"', (byte)'9', (byte)'{', 0xFF })
                {
                    byte[] changed = [.. json];
                    changed[at] = change;
                    try
                    {
                        new EventSerializer().Read(changed);
                    }
                    catch (InvalidDataException)
                    {
                        // The one error there is.
                    }
                }
            }
        }
    }
}
