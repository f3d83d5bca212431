using System.Collections.Concurrent;
using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>Grows the joint space by parameters that objectives ask for; equal growth gives the same instance, so that views of it are shared.</summary>
internal sealed class SpaceGrowth
{
    /// <summary>Past this many grown spaces the objective changes its ranges at each trial, and sharing gains nothing.</summary>
    private const int Capacity = 512;

    private readonly List<SearchSpace> _known = [];
    private readonly Dictionary<SearchSpace, SearchSpace> _adopted = [];
    private readonly ConcurrentDictionary<(SearchSpace From, Parameter By), SearchSpace> _grown = new();

    /// <summary>The space with the parameter added, or in the place of the one of its name.</summary>
    public SearchSpace Extend(SearchSpace space, Parameter parameter)
    {
        if (_grown.Count > Capacity)
        {
            _grown.Clear();
        }

        return _grown.GetOrAdd((space, parameter), static key => key.From.Extend(key.By));
    }

    /// <summary>A space that objectives of this process use, to be preferred over equal ones that come from a storage.</summary>
    public void Prefer(SearchSpace space)
    {
        if (_known.Count > Capacity)
        {
            _known.Clear();
            _adopted.Clear();
        }

        if (_adopted.TryAdd(space, space))
        {
            _known.Add(space);
        }
    }

    /// <summary>The configuration over the one instance that stands for all equal spaces. Under the ledger's lock only.</summary>
    public Configuration Adopt(Configuration configuration)
    {
        var space = Adopt(configuration.Space);
        return ReferenceEquals(space, configuration.Space) ? configuration : new Configuration(space, configuration.Codes, configuration.Version);
    }

    /// <summary>The one instance that stands for all equal spaces. Under the ledger's lock only.</summary>
    public SearchSpace Adopt(SearchSpace space)
    {
        if (!_adopted.TryGetValue(space, out var known))
        {
            known = _known.Find(other => other.HasSameAxes(space));
            if (known is null)
            {
                Prefer(known = space);
            }

            _adopted[space] = known;
        }

        return known;
    }

    /// <summary>The joint space once a trial has joined it: whatever the trial asked for is in it, as the trial asked for it.</summary>
    public SearchSpace Join(SearchSpace joint, Configuration configuration)
    {
        if (ReferenceEquals(joint, configuration.Space))
        {
            return joint;
        }

        for (var axis = 0; axis < configuration.Codes.Length; axis++)
        {
            var parameter = configuration.Space[axis];
            var own = joint.IndexOf(parameter.Name);
            if (!double.IsNaN(configuration.Codes[axis]) && (own < 0 || !joint[own].HasSameDomain(parameter)))
            {
                joint = TryExtend(joint, parameter);
            }
        }

        return joint;
    }

    // Two trials may name each other's parameters as parents. Either is right by itself; the first stands in the joint space.
    private SearchSpace TryExtend(SearchSpace joint, Parameter parameter)
    {
        try
        {
            return Extend(joint, parameter);
        }
        catch (ArgumentException)
        {
            return joint;
        }
    }
}
