namespace HyperOpt.Spaces;

/// <summary>The law of names: they survive UTF-8. Half of a surrogate pair does not, and two names could become one.</summary>
internal static class UnicodeText
{
    public static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    public static void Check(string text, string what)
    {
        if (!IsWellFormed(text))
        {
            throw new ArgumentException($"{what} must be well-formed Unicode, but '{text}' holds half of a surrogate pair. Do not cut texts between the two chars of a character.");
        }
    }
}
