using System.Text;

namespace HyperOpt.Trials;

/// <summary>A stream that is kept with a trial, such as a checkpoint. What it holds is in the artifact store.</summary>
/// <param name="Name">Its name, distinct in the trial. Any text: no store makes a path of it.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Hash">Their SHA-256, in lower-case hexadecimal.</param>
/// <param name="Key">Under which key the store has it, among the artifacts of its study.</param>
public sealed record Artifact(string Name, long Length, string Hash, string Key = "")
{
    /// <summary>The name that is reserved for a trial's newest checkpoint.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Checks a name: 1 to 200 characters, not only blanks, well-formed Unicode. Anything else is allowed.</summary>
    /// <exception cref="ArgumentException">The name breaks a law.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            throw new ArgumentException(
                $"An artifact's name has 1 to {MaxNameLength} characters of well-formed Unicode, not only blanks, but got {name.Length} characters: '{name[..Math.Min(name.Length, 40)]}'. Take a plain name.",
                nameof(name));
        }
    }
}
