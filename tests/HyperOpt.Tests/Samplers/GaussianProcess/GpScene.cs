using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

/// <summary>Random trials and hyperparameters for tests of the model.</summary>
internal sealed class GpScene
{
    private const double Sqrt5 = 2.2360679774997896964;

    public GpScene(SearchSpace space, int count, int seed, int pending = 0)
    {
        Space = space;
        Axes = new ModelAxes(space);
        var random = new Xoshiro256StarStar((ulong)seed);
        Points = [.. Enumerable.Range(0, count + pending).Select(_ => SamplerHistories.RandomPoint(space, random).ToArray())];
        Targets = [.. Points.Take(count).Select(point => Math.Sin(3 * point.Where(unit => !double.IsNaN(unit)).Sum()) + 0.3 * random.NextDouble())];
        Extra = [.. Targets.Select(_ => random.Next(3) == 0 ? 0.1 : 0)];
        var (lower, upper) = HyperParameters.Bounds(space.Count);
        Theta = [.. HyperParameters.Mode(space.Count).Select((mode, i) => Math.Clamp(mode + random.NextDouble() - 0.5, lower[i] + 0.01, upper[i] - 0.01))];
    }

    public SearchSpace Space { get; }

    public ModelAxes Axes { get; }

    public double[][] Points { get; }

    public double[] Targets { get; }

    public double[] Extra { get; }

    public double[] Theta { get; set; }

    public MarginalLikelihood Likelihood() =>
        new(Axes, [.. Points.Take(Targets.Length).Select(point => (ReadOnlyMemory<double>)point)], Targets, Extra);

    /// <summary>The model, made row by row as the sampler makes it; points beyond the targets are under way.</summary>
    public Posterior Posterior()
    {
        var capacity = CholeskyFactor.StrideFor(Points.Length);
        var scales = new KernelScales(Theta);
        var covariance = new Covariance(Axes, scales, capacity);
        var query = new KernelQuery(Space.Count, capacity);
        var factor = new CholeskyFactor(Points.Length);
        for (var row = 0; row < Points.Length; row++)
        {
            covariance.Set(query, Points[row]);
            covariance.Compare(query, row);
            query.Kernel.AsSpan(row).Clear();
            covariance.Add(query);
            factor.Append(query.Kernel, covariance.Variance(query) + scales.Noise + (row < Extra.Length ? Extra[row] : 0));
        }

        var history = TrialHistory.Create(Space, []);
        var fit = new FittedModel(0, Theta, OutputWarp.Linear([0, 1]), [], new TrainingData(history, 0, default));
        return new Posterior(fit, covariance, factor, Targets, [.. Enumerable.Range(0, Targets.Length)]);
    }

    /// <summary>The kernel as its definition says, in plain loops.</summary>
    public double Kernel(double[] one, double[] other)
    {
        var d = Space.Count;
        var (square, additive, q) = (0.0, 0.0, 0.0);
        var ratio = Math.Exp(Theta[d + 3]);
        for (var axis = 0; axis < d; axis++)
        {
            var length = Math.Exp(Theta[axis]);
            var (isOne, isOther) = (!double.IsNaN(one[axis]), !double.IsNaN(other[axis]));
            var (x, y) = (isOne ? one[axis] : 0.5, isOther ? other[axis] : 0.5);
            var isOrdered = Space[axis].IsOrdered;
            var apart = isOrdered ? Math.Abs(x - y) : isOne == isOther && (!isOne || Space[axis].CodeAt(x) == Space[axis].CodeAt(y)) ? 0 : 1;
            square += apart * apart / (length * length);
            square += isOrdered && isOne != isOther && Space[axis].Conditions.Length > 0 ? 0.25 / (length * length) : 0;
            additive += isOne && isOther ? Matern(apart / (ratio * length)) : 0;
            q += isOrdered ? 4 * (x - 0.5) * (y - 0.5) : 0;
        }

        return Math.Exp(Theta[d]) * Matern(Math.Sqrt(square)) + Math.Exp(Theta[d + 1]) / d * additive + Math.Exp(Theta[d + 2]) / d * (1 + q) * (1 + q);
    }

    public double Noise => Math.Exp(Theta[Space.Count + 4]);

    private static double Matern(double r) => (1 + Sqrt5 * r + 5 * r * r / 3) * Math.Exp(-Sqrt5 * r);
}
