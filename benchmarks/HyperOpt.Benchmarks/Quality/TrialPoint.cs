using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>The configuration of a trial.</summary>
internal sealed class TrialPoint(ITrial trial) : IPoint
{
    public T Get<T>(Parameter<T> parameter)
        where T : notnull => trial.Suggest(parameter);
}
