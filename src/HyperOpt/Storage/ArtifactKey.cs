using System.Buffers;
using System.Globalization;

namespace HyperOpt.Storage;

/// <summary>
/// The keys of artifacts: <c>trial-attempt-serial</c>, three numbers. Each is made by the one worker that holds the attempt, so it is distinct; and
/// a key whose attempt is over can no longer come into the log, so what is left under it may be cleaned away.
/// </summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Serial">Which save of the attempt.</param>
public readonly record struct ArtifactKey(int Trial, int Attempt, int Serial)
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz-");

    /// <summary>The longest key or study id.</summary>
    public const int MaxLength = 64;

    /// <summary>Checks a key, or a study's id, before a path or the like is made of it: 1 to 64 of a-z, 0-9 and '-'.</summary>
    /// <exception cref="ArgumentException">It has something else.</exception>
    public static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException(
                $"A key of an artifact, like the id of a study, has 1 to {MaxLength} of a-z, 0-9 and '-', but got {key.Length} characters: '{key[..Math.Min(key.Length, 40)]}'. "
                + "The library makes no others: the log it stands in was written by something else.",
                nameof(key));
        }
    }

    /// <summary>Reads a key; false if the library did not make it.</summary>
    public static bool TryParse(string key, out ArtifactKey parsed)
    {
        var parts = (key ?? "").Split('-');
        parsed = default;
        if (parts.Length != 3 || !IsNumber(parts[0], out var trial) || !IsNumber(parts[1], out var attempt) || !IsNumber(parts[2], out var serial))
        {
            return false;
        }

        parsed = new ArtifactKey(trial, attempt, serial);
        return true;
    }

    /// <summary>The key as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Trial}-{Attempt}-{Serial}");

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
