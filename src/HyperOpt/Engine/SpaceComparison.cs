using HyperOpt.Spaces;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>
/// Compares the space that a study is opened with to what its trials had. Values that fit a changed definition are learnt from, so a
/// change is only told; a definition that no old value fits is taken for a mistake.
/// </summary>
internal static class SpaceComparison
{
    public static void Check(string study, SearchSpace declared, TrialSequence trials, ILogger logger)
    {
        var differences = new List<string>();
        foreach (var parameter in declared)
        {
            if (Difference(parameter, trials) is { } difference)
            {
                differences.Add(difference);
            }
        }

        if (differences.Count > 0)
        {
            Log.SpaceDiffers(logger, study, string.Join("; ", differences));
        }
    }

    private static string? Difference(Parameter parameter, TrialSequence trials)
    {
        var (had, fit) = (0, 0);
        Parameter? old = null;
        for (var row = 0; row < trials.Count; row++)
        {
            var configuration = trials[row].Parameters;
            var axis = configuration.Space.IndexOf(parameter.Name);
            if (axis >= 0 && !double.IsNaN(configuration.Codes[axis]))
            {
                had++;
                fit += double.IsNaN(configuration.CodeFor(parameter)) ? 0 : 1;
                old = configuration.Space[axis];
            }
        }

        if (old is null || old.HasSameDomain(parameter))
        {
            return null;
        }

        var difference = $"the trials had ({old}), it is now ({parameter}), and {fit} of {had} values fit";
        return fit > 0 ? difference : throw new InvalidOperationException(
            $"A study is opened with a space that some of its values fit, but {difference}. Give the parameter its old domain or another name, or the study another name.");
    }
}
