using HyperOpt.Spaces;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>
/// Compares the space that a study is opened with to what its trials had. Values that fit a changed definition are learnt from, so a
/// change is only told; a definition that no old value fits is taken for a mistake, and so is any other than the one in force once the space was changed.
/// </summary>
internal static class SpaceComparison
{
    /// <summary>Compares to the trials of a study whose space was never changed.</summary>
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

    /// <summary>Compares to the space in force. Answers true, for use in a lambda.</summary>
    public static bool CheckInForce(string study, SearchSpace declared, SpaceLineage lineage)
    {
        foreach (var parameter in declared)
        {
            var axis = lineage.Space.IndexOf(parameter.Name);
            if (axis >= 0 && !lineage.Space[axis].HasSameDomain(parameter))
            {
                throw new InvalidOperationException(
                    $"A study is opened with the space in force, but in '{study}' that has ({lineage.Space[axis]}), and it was opened with ({parameter}). "
                    + "Take that definition, or change it on: StudyOptions.Evolution = [SpaceChange.Redefine(…)] with yours.");
            }

            if (lineage.IsRetired(parameter.Name))
            {
                throw new InvalidOperationException(
                    $"A study is opened with the space in force, but '{study}' was opened with '{parameter.Name}', which was renamed or dropped: {string.Join("; ", lineage.Changes)}. "
                    + "Take the new name, or leave the parameter out; to have it back, SpaceChange.Add it in StudyOptions.Evolution.");
            }
        }

        var added = lineage.Changes.OfType<ParameterAdded>().Select(change => change.Parameter.Name);
        return declared.Count == 0 || added.FirstOrDefault(name => declared.IndexOf(name) < 0 && lineage.Space.IndexOf(name) >= 0) is not { } missing
            ? true
            : throw new InvalidOperationException(
                $"A study is opened with the space in force, but '{study}' was opened without '{missing}', which was added to it. Declare it, or SpaceChange.Drop it in StudyOptions.Evolution.");
    }

    /// <summary>Compares what is declared to what changes lead to.</summary>
    public static void CheckPlan(string study, SearchSpace declared, SearchSpace planned)
    {
        foreach (var parameter in declared)
        {
            var axis = planned.IndexOf(parameter.Name);
            if (axis < 0)
            {
                throw new InvalidOperationException(
                    $"The changes of a space must lead to the declared one, but those of study '{study}' say nothing of '{parameter.Name}', which its trials lack. Add SpaceChange.Add with the value that they had.");
            }

            if (!planned[axis].HasSameDomain(parameter))
            {
                throw new InvalidOperationException(
                    $"The changes of a space must lead to the declared one, but those of study '{study}' leave ({planned[axis]}), and declared is ({parameter}). Add SpaceChange.Redefine with the declared one.");
            }
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
            $"A study is opened with a space that some of its values fit, but {difference}. Give the parameter its old domain, or say how the old became the new: "
            + "StudyOptions.Evolution = [SpaceChange.Redefine(…)] with the parameter (values that do not fit stay in the record), or SpaceChange.Rename for the old and a name of its own for the new.");
    }
}
