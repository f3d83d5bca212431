using System.Security.Cryptography;
using HyperOpt.Storage;

namespace HyperOpt.PostgreSql;

/// <summary>A reader's place: the last event that it knows, and the batch of that event, by which it is recognised.</summary>
/// <param name="Sequence">0: at the beginning.</param>
/// <param name="Mark">The batch's id.</param>
internal readonly record struct Place(long Sequence, long Mark);

/// <summary>An event as the server has it.</summary>
internal readonly record struct Row(long Sequence, long Batch, byte[] Body);

/// <summary>How an append went; the numbers are those of <c>hyperopt_append</c>.</summary>
internal enum Outcome
{
    Appended = 0,
    Refused = 1,

    /// <summary>By an earlier attempt, whose answer was lost.</summary>
    AppendedBefore = 2,

    /// <summary>The study was deleted.</summary>
    Gone = 3,

    /// <summary>The server has lost the event at the reader's place.</summary>
    Lost = 4,

    /// <summary>There is much news to read first.</summary>
    Behind = 5,
}

/// <summary>The server's answer.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Last">The sequence number of the last appended event.</param>
/// <param name="News">The events after the reader's place; with <see cref="Outcome.AppendedBefore"/> the own ones too.</param>
internal sealed record Answer(Outcome Outcome, long? Last, List<Row> News);

/// <summary>What is appended at once.</summary>
internal sealed record Batch(long Id, short[] Kinds, int[] Numbers, int[] Attempts, string[] Bodies)
{
    /// <summary>A number that no other batch has: by it a batch that is sent again is recognised.</summary>
    public static long NewId() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public static Batch Of(long id, EventClaim[] claims, IEnumerable<byte[]> bodies) => new(
        id,
        [.. claims.Select(claim => (short)claim.Kind)],
        [.. claims.Select(claim => claim.Number)],
        [.. claims.Select(claim => claim.Attempt)],
        [.. bodies.Select(System.Text.Encoding.UTF8.GetString)]);
}
