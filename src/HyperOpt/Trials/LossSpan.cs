namespace HyperOpt.Trials;

/// <summary>Looks at the losses of one report.</summary>
internal static class LossSpan
{
    public static bool ContainsNaN(this ReadOnlySpan<double> losses)
    {
        foreach (var loss in losses)
        {
            if (double.IsNaN(loss))
            {
                return true;
            }
        }

        return false;
    }
}
