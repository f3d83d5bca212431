using HyperOpt.Spaces;

namespace HyperOpt.Storage;

/// <summary>The laws of study names, for all storages.</summary>
public static class StudyName
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>Checks a name: 1 to 200 characters, none of them a control character or half of a surrogate pair. Anything else is allowed; no storage makes a path of it.</summary>
    /// <exception cref="ArgumentException">The name breaks a law.</exception>
    public static void Check(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (string.IsNullOrWhiteSpace(study) || study.Length > MaxLength || study.Any(char.IsControl) || !UnicodeText.IsWellFormed(study))
        {
            throw new ArgumentException(
                $"A study's name has 1 to {MaxLength} characters, no control characters or halves of surrogate pairs, and not only blanks, but got {study.Length} characters: '{study[..Math.Min(study.Length, 40)]}'. Take a plain name.",
                nameof(study));
        }
    }

    /// <summary>There is no study of that name.</summary>
    public static KeyNotFoundException Missing(string study) =>
        new($"A study must exist to be opened so, but the storage has none named '{study}'. Look at the list of names, or open it with OpenMode.OpenOrCreate.");

    /// <summary>There is a study of that name already.</summary>
    public static InvalidOperationException Taken(string study) =>
        new($"The names of studies are distinct, but '{study}' is taken. Take another name, or delete that study first.");

    /// <summary>The study was opened for reading only.</summary>
    public static InvalidOperationException ReadOnly(string study) =>
        new($"A study opened for reading only takes no events, but one was appended to '{study}'. Open it with OpenMode.Open.");
}
