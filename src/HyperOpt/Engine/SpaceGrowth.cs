using System.Collections.Concurrent;
using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>Grows the joint space by parameters that objectives ask for; equal growth gives the same instance, so that views of it are shared.</summary>
internal sealed class SpaceGrowth
{
    /// <summary>Past this many grown spaces the objective changes its ranges at each trial, and sharing gains nothing.</summary>
    private const int Capacity = 512;

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
                joint = Extend(joint, parameter);
            }
        }

        return joint;
    }
}
