using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace HyperOpt.Storage.Journal;

/// <summary>
/// A line of a journal: <c>{"crc":"xxxxxxxx","study":3,"event":…}</c>. The checksum is the CRC-32C of all that follows it in the line, in
/// lower-case hexadecimal. <c>"more":true</c> after the study says that the next line belongs to the same append: both count or none.
/// </summary>
internal readonly ref struct JournalLine
{
    private const int ChecksumAt = 8;
    private const int ChecksumEnd = 16;

    private JournalLine(ReadOnlySpan<byte> bytes, int study, bool hasMore, ReadOnlySpan<byte> body)
    {
        Bytes = bytes;
        Study = study;
        HasMore = hasMore;
        Body = body;
    }

    /// <summary>The whole line without its end: a JSON object.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The number of the study that it is about; 0: the file itself.</summary>
    public int Study { get; }

    public bool HasMore { get; }

    /// <summary>What follows the fields above: <c>"event":"started",…}</c></summary>
    public ReadOnlySpan<byte> Body { get; }

    public bool IsStudyNamed => Body.StartsWith("\"event\":\"study\","u8);

    public bool IsStudyDeleted => Body.StartsWith("\"event\":\"study_deleted\""u8);

    public bool IsSnapshotEnd => Body.StartsWith("\"snapshot_end\""u8);

    /// <summary>Takes a line apart; false if it is damaged.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out JournalLine line)
    {
        line = default;
        if (bytes.Length < ChecksumEnd + 3
            || !bytes.StartsWith("{\"crc\":\""u8)
            || !Utf8Parser.TryParse(bytes[ChecksumAt..ChecksumEnd], out uint checksum, out var digits, 'x')
            || digits != ChecksumEnd - ChecksumAt
            || checksum != Checksum(bytes[ChecksumEnd..]))
        {
            return false;
        }

        var study = 0;
        var body = bytes[(ChecksumEnd + 2)..];
        if (body.StartsWith("\"study\":"u8))
        {
            if (!Utf8Parser.TryParse(body[8..], out study, out digits) || study < 1 || body.Length < 9 + digits)
            {
                return false;
            }

            body = body[(9 + digits)..];
        }

        var hasMore = body.StartsWith("\"more\":true,"u8);
        line = new JournalLine(bytes, study, hasMore, hasMore ? body[12..] : body);
        return true;
    }

    /// <summary>Writes a line, its end included.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="study">The number of the study; 0: none.</param>
    /// <param name="hasMore">Whether the next line belongs to it.</param>
    /// <param name="json">An object; what it holds becomes the rest of the line.</param>
    public static void Write(Stream to, int study, bool hasMore, ReadOnlySpan<byte> json)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"\",{(study > 0 ? $"\"study\":{study}," : "")}{(hasMore ? "\"more\":true," : "")}"));
        var rest = json[1..];
        Span<byte> checksum = stackalloc byte[8];
        _ = Utf8Formatter.TryFormat(Checksum(rest, ~Partial(head, ~0u)), checksum, out _, new System.Buffers.StandardFormat('x', 8));
        to.Write("{\"crc\":\""u8);
        to.Write(checksum);
        to.Write(head);
        to.Write(rest);
        to.WriteByte((byte)'\n');
    }

    /// <summary>CRC-32C (Castagnoli), of bytes that may follow others.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint before = 0) => ~Partial(bytes, ~before);

    private static uint Partial(ReadOnlySpan<byte> bytes, uint crc)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
