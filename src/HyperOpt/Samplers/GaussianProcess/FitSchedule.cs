namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// After how many trials models are fitted anew: a function of the number alone, so that whoever asks, having been there or not, finds the same model.
/// A fit begins where that of its anchor ended, and anchors (10, 20, 40, 80, 160, 640, 2560, ...) where that of the anchor before: so a cold call needs few fits.
/// </summary>
internal static class FitSchedule
{
    private const int FirstAnchor = 10;
    private const int LastDouble = 160;
    private const int Every = 16; // a sixteenth more trials
    private const int MostBetween = 50;

    /// <summary>The last fit at or before a number of trials.</summary>
    public static int At(int count)
    {
        var fit = Math.Min(count, Every);
        while (Next(fit) <= count && fit < count)
        {
            fit = Next(fit);
        }

        return fit;
    }

    /// <summary>The anchor before a fit, or 0.</summary>
    public static int AnchorOf(int count)
    {
        var anchor = 0;
        for (var next = FirstAnchor; next < count; next *= next < LastDouble ? 2 : 4)
        {
            anchor = next;
        }

        return anchor;
    }

    /// <summary>Whether a number is an anchor, or before the first.</summary>
    public static bool IsAnchor(int count) => count <= FirstAnchor || AnchorOf(count + 1) == count;

    private static int Next(int count) => count + Math.Clamp(count / Every, 1, MostBetween);
}
