using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The changes that a study's space has gone through, and what they make of the values of earlier trials. Immutable.</summary>
internal sealed class SpaceLineage
{
    private readonly ImmutableArray<SpaceChanged> _steps;
    private readonly SpaceGrowth _growth;

    private SpaceLineage(SearchSpace space, ImmutableArray<SpaceChanged> steps, SpaceGrowth growth)
    {
        Space = space;
        _steps = steps;
        _growth = growth;
    }

    /// <summary>How often the space was changed.</summary>
    public int Version => _steps.Length;

    /// <summary>The space in force: as it was declared, or as the last change left it.</summary>
    public SearchSpace Space { get; }

    /// <summary>All changes, in order.</summary>
    public IEnumerable<SpaceChange> Changes => _steps.SelectMany(step => step.Changes);

    /// <summary>A study whose space was not changed yet.</summary>
    public static SpaceLineage Of(SearchSpace declared, SpaceGrowth growth) => new(declared, [], growth);

    /// <summary>The lineage after one change more.</summary>
    /// <param name="step">The change.</param>
    /// <param name="space">The space from now on, in this process's own terms.</param>
    public SpaceLineage Then(SpaceChanged step, SearchSpace space) => new(space, _steps.Add(step), _growth);

    /// <summary>The space in force as the log has it; empty if it was never changed.</summary>
    public SearchSpace Recorded => _steps.IsEmpty ? SearchSpace.Empty : _steps[^1].Space;

    /// <summary>Whether a parameter of that name was there once and is no longer: renamed or dropped.</summary>
    public bool IsRetired(string name) => Recorded.IndexOf(name) < 0
        && Changes.Any(change => change is ParameterDropped dropped && dropped.Name == name || change is ParameterRenamed renamed && renamed.From == name);

    /// <summary>The values of a trial in the space in force; null if they have no place there.</summary>
    public Configuration? Bring(Configuration configuration)
    {
        if (configuration.Version == Version)
        {
            return configuration;
        }

        if (Carry(configuration) is not { } values)
        {
            return null;
        }

        var space = Space;
        foreach (var value in values.All.Where(value => !value.IsDropped && Space.IndexOf(value.Name) < 0))
        {
            space = _growth.Extend(space, Bare(value)); // asked for unforeseen
        }

        var codes = new double[space.Count];
        foreach (var axis in space.Conditions.Order)
        {
            var value = space.Conditions.IsActive(axis, codes) ? values.Find(space[axis].Name) : null;
            codes[axis] = double.NaN;
            if (value is not null && !space[axis].TryRecode(value.Definition, value.Code, out codes[axis]))
            {
                return null;
            }
        }

        return new Configuration(space, [.. codes], Version);
    }

    /// <summary>The values of a trial under their present names, as they were chosen: those that no longer fit and those of dropped parameters too.</summary>
    /// <param name="configuration">The values.</param>
    /// <param name="isComplete">Whether values that are assumed of earlier trials count.</param>
    public Configuration Show(Configuration configuration, bool isComplete = true)
    {
        if (configuration.Version == Version)
        {
            return configuration;
        }

        var values = new CarriedValues(configuration);
        foreach (var change in ChangesSince(configuration.Version))
        {
            change.Carry(values);
        }

        var brought = isComplete ? Bring(configuration) : null;
        var space = SearchSpace.Empty;
        var codes = new List<double>();
        foreach (var value in values.All)
        {
            // A dropped name may have been given anew.
            var isShown = value.IsAssumed ? !value.IsDropped && brought?.ContainsKey(value.Name) == true : !value.IsDropped || values.Find(value.Name) is null;
            if (isShown && space.IndexOf(value.Name) < 0)
            {
                space = _growth.Extend(space, Bare(value));
                codes.Add(value.Code);
            }
        }

        return new Configuration(space, [.. codes], Version);
    }

    /// <summary>A trial as people see it now.</summary>
    /// <param name="trial">The trial as it was begun, or ended.</param>
    /// <param name="isComplete">Whether values that are assumed of earlier trials count.</param>
    public FrozenTrial Show(FrozenTrial trial, bool isComplete = true) => trial.Parameters.Version == Version
        ? trial
        : trial with { Parameters = Show(trial.Parameters, isComplete), FitsSpace = Bring(trial.Parameters) is not null };

    /// <summary>An ended trial as it is learnt from.</summary>
    public FrozenTrial Learn(FrozenTrial trial) => trial.Parameters.Version == Version
        ? trial
        : Bring(trial.Parameters) is { } brought ? trial with { Parameters = brought } : trial with { Parameters = Configuration.Empty, FitsSpace = false };

    // Null: there is no place for it. A trial that asked for nothing says nothing of what it would have been.
    private CarriedValues? Carry(Configuration configuration)
    {
        var values = new CarriedValues(configuration);
        return values.All.Count == 0 || ChangesSince(configuration.Version).All(change => change.Carry(values)) ? values : null;
    }

    private IEnumerable<SpaceChange> ChangesSince(int version) => _steps.Skip(version).SelectMany(step => step.Changes);

    // By its present name; without conditions, which may speak of parents that are gone.
    private static Parameter Bare(CarriedValue value)
    {
        var parameter = value.Definition.Conditions.IsEmpty ? value.Definition : value.Definition with { Conditions = [] };
        return parameter.Name == value.Name ? parameter : parameter.Renamed(value.Name);
    }
}
