using System.Collections.Immutable;
using System.Security.Cryptography;
using HyperOpt.Storage;

namespace HyperOpt.PostgreSql;

/// <summary>A reader's place: the last event that it knows, and the batch of that event, by which it is recognised.</summary>
/// <param name="Sequence">0: at the beginning.</param>
/// <param name="Mark">The batch's id.</param>
internal readonly record struct Place(long Sequence, long Mark);

/// <summary>An event as the server has it.</summary>
internal readonly record struct Row(long Sequence, long Batch, ReadOnlyMemory<byte> Body);

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
/// <param name="Choice">Which of the choices was appended: 1, 2, …; 0 if there were none.</param>
/// <param name="News">The events after the reader's place; with <see cref="Outcome.AppendedBefore"/> the own ones too.</param>
internal sealed record Answer(Outcome Outcome, long? Last, int Choice, List<Row> News);

/// <summary>What is appended at once.</summary>
/// <param name="Id">By it a batch that is sent again is recognised.</param>
/// <param name="Choices">How many of the last bodies are choices, of which one is appended.</param>
/// <param name="Owners">Of each claim: the choice whose it is, 1, 2, …; 0 if it is made in any case.</param>
/// <param name="Kinds">The claims.</param>
/// <param name="Numbers">Their trials.</param>
/// <param name="Attempts">Their attempts.</param>
/// <param name="Bodies">The events.</param>
internal sealed record Batch(long Id, int Choices, short[] Owners, short[] Kinds, int[] Numbers, int[] Attempts, string[] Bodies)
{
    /// <summary>A number that no other batch has: by it a batch that is sent again is recognised.</summary>
    public static long NewId() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public static Batch Of(long id, ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf, IEnumerable<byte[]> bodies)
    {
        var claims = events.SelectMany(entry => entry.Claims).Select(claim => (Owner: 0, Claim: claim))
            .Concat(oneOf.SelectMany((choice, at) => choice.Claims.Select(claim => (Owner: at + 1, Claim: claim)))).ToArray();
        return new Batch(
            id,
            oneOf.Length,
            [.. claims.Select(claim => (short)claim.Owner)],
            [.. claims.Select(claim => (short)claim.Claim.Kind)],
            [.. claims.Select(claim => claim.Claim.Number)],
            [.. claims.Select(claim => claim.Claim.Attempt)],
            [.. bodies.Select(System.Text.Encoding.UTF8.GetString)]);
    }
}
