using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>A configuration by its codes: the number itself, or the index of a choice; NaN where inactive.</summary>
internal sealed class CodePoint(SearchSpace space, double[] codes) : IPoint
{
    /// <summary>The configuration at some coordinates in [0,1].</summary>
    public static CodePoint At(SearchSpace space, double[] point) => new(space, space.Decode(point));

    public T Get<T>(Parameter<T> parameter)
        where T : notnull =>
        double.IsNaN(codes[space.IndexOf(parameter.Name)])
            ? throw new InvalidOperationException($"An active parameter must have a value, but '{parameter.Name}' has none. Send it.")
            : parameter.Decode(codes[space.IndexOf(parameter.Name)]);
}
