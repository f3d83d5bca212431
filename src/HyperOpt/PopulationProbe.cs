using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Looks whether hyperparameters reach the training, which a study cannot see: that they are asked for does not mean that they are used.</summary>
public static class PopulationProbe
{
    /// <summary>
    /// The hyperparameters of a trial that change nothing: its interval is trained again from its parent's checkpoint, as it was and then with one
    /// hyperparameter at a time far from where it was; if the value is the same bit for bit, that one was not used. For training that is deterministic.
    /// </summary>
    /// <remarks>Hyperparameters on which others depend by a condition are left out.</remarks>
    /// <typeparam name="TState">What is trained.</typeparam>
    /// <param name="study">The study, which still has the parent's checkpoint.</param>
    /// <param name="trial">A trial of it that completed.</param>
    /// <param name="create">As in the study.</param>
    /// <param name="step">As in the study.</param>
    /// <param name="load">As in the study.</param>
    /// <returns>Their names, in the order in which they were declared; empty if all is well.</returns>
    /// <exception cref="KeyNotFoundException">The checkpoint of the parent is no longer kept.</exception>
    public static ImmutableArray<string> FindIgnored<TState>(
        IStudy study, FrozenTrial trial, Func<ITrial, TState> create, Func<TState, ITrial, double> step, Func<ITrial, Stream, TState> load)
        where TState : notnull
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(load);
        var (space, codes) = (trial.Parameters.Space, trial.Parameters.Codes);
        var parent = trial.Parent is { } number ? study.Trials[number] : null;
        var value = Train(trial.Parameters);
        return
        [
            .. from axis in Enumerable.Range(0, space.Count)
               where !double.IsNaN(codes[axis]) && space[axis].Cardinality != 1 && !space.Any(other => other.Conditions.Any(condition => condition.Parent.Name == space[axis].Name))
               where IsIgnored(new Configuration(space, codes.SetItem(axis, FarFrom(space[axis], codes[axis]))))
               select space[axis].Name,
        ];

        bool IsIgnored(Configuration changed)
        {
            try
            {
                return Train(changed).Equals(value);
            }
            catch (InvalidOperationException)
            {
                return false; // another branch was taken, which asks for what the trial did not have
            }
        }

        double Train(Configuration parameters)
        {
            var replayed = new RepeatedTrial(trial with { Parameters = parameters }, parent);
            if (parent is null)
            {
                return step(create(replayed), replayed);
            }

            using var checkpoint = Blocking.Wait(study.OpenArtifactAsync(parent.Number, Artifact.Checkpoint));
            return step(load(replayed, checkpoint), replayed);
        }
    }

    private static double FarFrom(Parameter parameter, double code) =>
        parameter.UnitOf(code) is var unit && unit < 0.5 ? parameter.CodeAt(unit + 0.5) : parameter.CodeAt(unit - 0.5);
}
