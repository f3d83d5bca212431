using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>A configuration, whoever holds it: a trial of ours, or one of another library that was sent over.</summary>
internal interface IPoint
{
    /// <summary>The value of a parameter that is active in it.</summary>
    T Get<T>(Parameter<T> parameter)
        where T : notnull;
}
