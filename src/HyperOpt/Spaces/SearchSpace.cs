using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace HyperOpt.Spaces;

/// <summary>
/// The parameters that vary together, the conditions between them and the hard constraints on them. Immutable.
/// A point of the space has one coordinate in [0,1] for each parameter, or NaN where the parameter is inactive.
/// </summary>
/// <example><c>SearchSpace space = [rate, layers, optimizer, momentum];</c></example>
[CollectionBuilder(typeof(SearchSpace), nameof(Create))]
public sealed class SearchSpace : IReadOnlyList<Parameter>
{
    private readonly ImmutableArray<Parameter> _parameters;
    private readonly ImmutableArray<Requirement> _requirements;
    private readonly Dictionary<string, int> _index;
    private readonly ConditionGraph _conditions;
    private readonly Lazy<ConfigurationTree?> _tree;
    private readonly Lazy<long?> _feasible;

    private SearchSpace(ImmutableArray<Parameter> parameters, ImmutableArray<Requirement> requirements)
    {
        _parameters = parameters;
        _requirements = requirements;
        _index = new Dictionary<string, int>(parameters.Length, StringComparer.Ordinal);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!_index.TryAdd(parameters[i].Name, i))
            {
                throw new ArgumentException(
                    $"The names of a space's parameters must be distinct, but '{parameters[i].Name}' stands twice. Rename one of them.");
            }
        }

        _conditions = new ConditionGraph(parameters, _index);
        IsFinite = parameters.All(parameter => parameter.Cardinality is not null);
        _tree = new Lazy<ConfigurationTree?>(() => IsFinite ? ConfigurationTree.Create(this) : null);
        _feasible = new Lazy<long?>(CountFeasible);
    }

    /// <summary>A space without parameters, to build on or to be filled as parameters are met.</summary>
    public static SearchSpace Empty { get; } = new([], []);

    /// <summary>How many parameters there are.</summary>
    public int Count => _parameters.Length;

    /// <summary>
    /// How many distinct configurations there are, each counted once whatever its inactive parameters, hard constraints aside.
    /// Null for a continuum, past what a long holds, and where conditions branch into more than a million cases.
    /// </summary>
    public long? Cardinality => _tree.Value?.Count;

    /// <summary>Whether every parameter has finitely many values.</summary>
    public bool IsFinite { get; }

    /// <summary>Whether a hard constraint was declared.</summary>
    public bool IsConstrained => !_requirements.IsEmpty;

    internal ConditionGraph Conditions => _conditions;

    /// <summary>All configurations, if the space is finite.</summary>
    internal ConfigurationTree? Tree => _tree.Value;

    /// <summary>How many configurations break no hard constraint; null if they are too many to look at each.</summary>
    internal long? FeasibleCount => _feasible.Value;

    internal string Names => Count == 0 ? "(none)" : string.Join(", ", _parameters.Select(parameter => $"'{parameter.Name}'"));

    internal string Laws => string.Join("; ", _requirements.Select(requirement => requirement.Law));

    /// <summary>The parameter of an axis.</summary>
    public Parameter this[int index] => _parameters[index];

    /// <summary>A space of the parameters, in their order.</summary>
    /// <exception cref="ArgumentException">
    /// A name stands twice; a condition names a parent that is missing or defined differently; conditions form a cycle.
    /// </exception>
    public static SearchSpace Create(params ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
        }

        var space = new SearchSpace([.. parameters], []);
        space._conditions.CheckParents();
        return space;
    }

    /// <summary>This space and one parameter more.</summary>
    /// <exception cref="ArgumentException">The name stands already, or a condition names a parent that is missing.</exception>
    public SearchSpace With(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var space = new SearchSpace(_parameters.Add(parameter), _requirements);
        space._conditions.CheckParents();
        return space;
    }

    /// <summary>
    /// This space with a hard constraint: no trial will have a configuration for which the predicate is false.
    /// A predicate that reads a parameter which is inactive in a configuration does not apply to it.
    /// </summary>
    /// <param name="predicate">A pure function; called often, from several threads.</param>
    /// <param name="law">What must hold, for messages; the predicate's text if left out.</param>
    public SearchSpace Require(Func<Candidate, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string law = "")
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new SearchSpace(_parameters, _requirements.Add(new Requirement(predicate, law)));
    }

    /// <summary>The axis of a parameter, or -1.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <summary>
    /// The one point that stands for all that decode to the same configuration: inactive axes are NaN,
    /// the coordinate of a finite axis is the centre of its cell.
    /// </summary>
    /// <param name="point">A coordinate for each axis, in [0,1]; axes that turn out inactive may hold anything.</param>
    /// <exception cref="ArgumentException">The number of coordinates is wrong, or an active axis has none in [0,1].</exception>
    public ImmutableArray<double> Normalize(ReadOnlySpan<double> point) => [.. PointOf(Decode(point))];

    /// <summary>Whether the configuration at a point breaks no hard constraint.</summary>
    /// <param name="point">A coordinate for each axis, in [0,1]; axes that turn out inactive may hold anything.</param>
    /// <exception cref="ArgumentException">The number of coordinates is wrong, or an active axis has none in [0,1].</exception>
    public bool IsFeasible(ReadOnlySpan<double> point) => !IsConstrained || Holds(Decode(point));

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", _parameters);

    /// <summary>The codes of the configuration at a point; NaN where inactive.</summary>
    /// <param name="point">A coordinate for each axis.</param>
    /// <param name="given">Codes that stand whatever the point says; NaN where it decides. Left out: nowhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double[] Decode(ReadOnlySpan<double> point, ReadOnlySpan<double> given = default)
    {
        if (point.Length != Count)
        {
            throw new ArgumentException($"A point must have one coordinate for each parameter, but there are {point.Length} for {Count}. Give them all.");
        }

        var codes = new double[Count];
        foreach (var axis in _conditions.Order)
        {
            codes[axis] = !_conditions.IsActive(axis, codes) ? double.NaN
                : !given.IsEmpty && !double.IsNaN(given[axis]) ? given[axis]
                : point[axis] is >= 0 and <= 1 ? _parameters[axis].CodeAt(point[axis])
                : throw new ArgumentException(FormattableString.Invariant(
                    $"An active axis must have a coordinate in [0,1], but parameter '{_parameters[axis].Name}' has {point[axis]}. Correct the sampler that made it."));
        }

        return codes;
    }

    /// <summary>The point of some codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double[] PointOf(ReadOnlySpan<double> codes)
    {
        var point = new double[Count];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = double.IsNaN(codes[i]) ? double.NaN : _parameters[i].UnitOf(codes[i]);
        }

        return point;
    }

    /// <summary>Whether the hard constraints hold.</summary>
    internal bool Holds(double[] codes)
    {
        if (_requirements.IsEmpty)
        {
            return true;
        }

        var candidate = new Candidate(this, codes);
        foreach (var requirement in _requirements)
        {
            candidate.Reset();
            if (!requirement.Predicate(candidate) && !candidate.ReadInactive)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every active axis has a code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool IsWhole(ReadOnlySpan<double> codes)
    {
        for (var axis = 0; axis < Count; axis++)
        {
            if (double.IsNaN(codes[axis]) && _conditions.IsActive(axis, codes))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a code on each axis means the same in both.</summary>
    internal bool HasSameAxes(SearchSpace other) =>
        ReferenceEquals(this, other) || (Count == other.Count && _parameters.Zip(other._parameters).All(pair => pair.First.HasSameDomain(pair.Second)));

    /// <summary>This space with a parameter added, or put in the place of the one of that name.</summary>
    internal SearchSpace Extend(Parameter parameter)
    {
        var index = IndexOf(parameter.Name);
        return new SearchSpace(index < 0 ? _parameters.Add(parameter) : _parameters.SetItem(index, parameter), _requirements);
    }

    /// <summary>A space of other parameters under the same hard constraints.</summary>
    internal SearchSpace WithParameters(ImmutableArray<Parameter> parameters) => new(parameters, _requirements);

    private long? CountFeasible()
    {
        if (Cardinality is not { } all || (IsConstrained && all > ConfigurationTree.MaxWalk))
        {
            return null;
        }

        return IsConstrained ? Enumerable.Range(0, (int)all).Count(number => Holds(Tree!.At(number))) : all;
    }

    private sealed record Requirement(Func<Candidate, bool> Predicate, string Law);
}
