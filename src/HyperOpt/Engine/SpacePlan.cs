using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>Which of the changes that were asked for are still to be made, and to what space they lead.</summary>
/// <param name="Changes">Those that are not in force yet; none: there is nothing to do.</param>
/// <param name="Space">The space after them.</param>
internal sealed record SpacePlan(ImmutableArray<SpaceChange> Changes, SearchSpace Space)
{
    /// <summary>A plan from the space that a study has. What is in force already is passed over, so that the same list may be given each time the study is opened.</summary>
    /// <param name="state">The study.</param>
    /// <param name="changes">What was asked for, in order.</param>
    /// <exception cref="ArgumentException">A change cannot be made.</exception>
    public static SpacePlan Of(StudyState state, ImmutableArray<SpaceChange> changes)
    {
        var before = KnownSpace(state);
        var space = before;
        var pending = ImmutableArray.CreateBuilder<SpaceChange>();
        foreach (var change in changes)
        {
            ArgumentNullException.ThrowIfNull(change, nameof(changes));
            if (IsInForce(change, space, state.Lineage))
            {
                continue;
            }

            var after = change.Apply(space);
            if (change is not ParameterRedefined || !IsSame(space, after))
            {
                space = after;
                pending.Add(change);
            }
        }

        // A list that has grown redefines a parameter to and fro.
        var isIdle = pending.All(change => change is ParameterRedefined) && IsSame(before, space);
        return new SpacePlan(isIdle ? [] : pending.ToImmutable(), space);
    }

    /// <summary>The space that the study's record speaks of: as it was last changed, and what its trials were given or asked for besides.</summary>
    public static SearchSpace KnownSpace(StudyState state)
    {
        var isChanged = state.Lineage.Version > 0;
        var space = state.Lineage.Recorded;
        for (var number = 0; number < state.Count; number++)
        {
            var configuration = state[number].Original?.Parameters ?? state[number].Proposed ?? state[number].Fixed ?? Configuration.Empty;
            if (configuration.Version == state.Lineage.Version && !ReferenceEquals(configuration.Space, space))
            {
                space = Join(space, configuration, isChanged);
            }
        }

        return space;
    }

    private static SearchSpace Join(SearchSpace space, Configuration configuration, bool isChanged)
    {
        for (var axis = 0; axis < configuration.Codes.Length; axis++)
        {
            var parameter = configuration.Space[axis];
            var known = space.IndexOf(parameter.Name);
            if (known < 0 || !isChanged && !double.IsNaN(configuration.Codes[axis]) && !space[known].HasSameDomain(parameter))
            {
                space = space.Extend(parameter);
            }
        }

        return space;
    }

    private static bool IsInForce(SpaceChange change, SearchSpace space, SpaceLineage lineage) => change switch
    {
        ParameterRedefined redefined => lineage.IsRetired(redefined.Parameter.Name) && space.IndexOf(redefined.Parameter.Name) < 0,
        ParameterAdded added => lineage.Changes.Any(made => made is ParameterAdded before && before.Parameter.Name == added.Parameter.Name && before.Parameter.TextOf(before.Code) == added.Parameter.TextOf(added.Code)),
        ParameterRenamed renamed => space.IndexOf(renamed.From) < 0 && (space.IndexOf(renamed.To) >= 0 || lineage.IsRetired(renamed.From)),
        ParameterDropped dropped => space.IndexOf(dropped.Name) < 0 && lineage.IsRetired(dropped.Name),
        _ => false,
    };

    private static bool IsSame(SearchSpace one, SearchSpace other) =>
        one.HasSameAxes(other) && one.Zip(other).All(pair => pair.First.Conditions.AsSpan().SequenceEqual(pair.Second.Conditions.AsSpan()));
}
