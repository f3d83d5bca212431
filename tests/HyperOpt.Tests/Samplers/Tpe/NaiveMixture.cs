using HyperOpt.Numerics;
using HyperOpt.Samplers.Tpe;
using HyperOpt.Spaces;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>The mixture's density written down from its definition, a point and a kernel at a time.</summary>
internal static class NaiveMixture
{
    public static double LogDensity(SearchSpace space, Densities.Mixture density, ReadOnlySpan<double> point)
    {
        var logs = new List<double>();
        for (var i = 0; i < density.Members.Length; i++)
        {
            logs.Add(density.LogWeights[i] + LogFactors(space, density.Kernels, density.Members[i], point));
        }

        var top = logs.Max();
        return top + Math.Log(logs.Sum(log => Math.Exp(log - top)));
    }

    private static double LogFactors(SearchSpace space, Kernels kernels, int kernel, ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        for (var axis = 0; axis < space.Count; axis++)
        {
            var (mu, width) = (kernels.Mu[kernel * kernels.Axes + axis], kernels.Width[kernel * kernels.Axes + axis]);
            if (!double.IsNaN(point[axis]) && !double.IsNaN(mu))
            {
                sum += LogFactor(space[axis], kernels.Present[axis], mu, width, point[axis]);
            }
        }

        return sum;
    }

    private static double LogFactor(Parameter parameter, int present, double mu, double width, double x)
    {
        if (!parameter.IsOrdered)
        {
            // With pseudo-counts p of half an observation among n + 1: (p + [observed]) / (1 + C p), relative to 1/C.
            var count = parameter.Cardinality!.Value;
            var pseudo = 0.5 / (present + 1);
            return Math.Log((pseudo + (x == mu ? 1 : 0)) / (1 + count * pseudo) * count);
        }

        var mass = Normal.Cdf((1 - mu) / width) - Normal.Cdf(-mu / width);
        if (parameter.Cardinality is null)
        {
            var z = (x - mu) / width;
            return -0.5 * z * z - Math.Log(width * Math.Sqrt(2 * Math.PI) * mass);
        }

        var (low, high) = parameter.Cell(x);
        return Normal.LogMass((low - mu) / width, (high - mu) / width) - Math.Log(mass * (high - low));
    }
}
