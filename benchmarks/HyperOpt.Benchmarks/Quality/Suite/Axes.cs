using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Several parameters of a kind at once.</summary>
internal static class Axes
{
    public static FloatParameter[] Floats(int count, double low = -5, double high = 5, string prefix = "x") =>
        [.. Enumerable.Range(0, count).Select(i => Parameter.Float(prefix + i, low, high))];

    public static SearchSpace Space(params IEnumerable<Parameter>[] parameters) => [.. parameters.SelectMany(parameter => parameter)];

    public static double[] Get(this IPoint point, FloatParameter[] parameters) => Array.ConvertAll(parameters, parameter => point.Get(parameter));
}
