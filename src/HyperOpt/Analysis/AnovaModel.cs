using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>A Gaussian process with <see cref="AnovaKernel"/> through the values of some points, its hyperparameters fitted to them.</summary>
internal sealed class AnovaModel
{
    /// <summary>How many points the hyperparameters are fitted to.</summary>
    public const int MostFitted = 200;

    private const int MostEvaluations = 50;

    private readonly double[] _matrix;

    /// <param name="axes">The axes.</param>
    /// <param name="fitted">Which of the points the hyperparameters are fitted to.</param>
    /// <param name="points">Their coordinates; NaN where inactive.</param>
    /// <param name="values">What was observed there; not all the same.</param>
    public AnovaModel(IReadOnlyList<OrthonormalBasis> axes, int[] fitted, IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        var mean = fitted.Average(at => values[at]);
        Scale = Math.Sqrt(fitted.Average(at => (values[at] - mean) * (values[at] - mean)));
        if (!(Scale > 0))
        {
            mean = values.Average();
            Scale = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        }

        double[] targets = [.. values.Select(value => (value - mean) / Scale)];
        var likelihood = new AnovaLikelihood(new FeatureTable(axes, [.. fitted.Select(at => points[at])]), [.. fitted.Select(at => targets[at])]);
        var (lower, upper) = AnovaScales.Bounds(axes.Count);
        var search = new BoundedLbfgs(lower, upper) { MaxEvaluations = MostEvaluations, GradientTolerance = 0.05, ValueTolerance = 1e-4, FirstStep = 0.5 };
        var (theta, _) = search.Minimize(likelihood.Evaluate, AnovaScales.Start(axes.Count));
        likelihood.Evaluate(theta, new double[theta.Length]);
        Explained = likelihood.Explained;
        Scales = new AnovaScales(theta, axes);
        Features = new FeatureTable(axes, points);
        Factor = new CholeskyFactor(points.Count);
        _matrix = new double[Features.Stride * Features.Stride];
        if (!AnovaLikelihood.TryFactor(Factor, new AnovaKernel(Features, Scales.Spectra, Scales.OrderWeights), Scales.Noise, _matrix))
        {
            throw new InvalidOperationException("A kernel matrix must be positive definite with jitter of a hundredth of its diagonal, but it is not. Please report this.");
        }

        Alpha = new double[Features.Stride];
        targets.CopyTo(Alpha, 0);
        Factor.Forward(Alpha);
        Factor.Back(Alpha);
    }

    /// <summary>The standard deviation of the values, which is the model's unit.</summary>
    public double Scale { get; }

    /// <summary>As of <see cref="AnovaLikelihood.Explained"/>.</summary>
    public double Explained { get; }

    /// <summary>The share of the variance that is neither explained nor noise, by the model's own account of its noise.</summary>
    private double Unknown => Math.Clamp((1 - Explained - Scales.Noise) / Math.Max(0.01, 1 - Scales.Noise), 0, 1);

    public AnovaScales Scales { get; }

    public FeatureTable Features { get; }

    /// <summary>Of the kernel matrix with noise.</summary>
    public CholeskyFactor Factor { get; }

    /// <summary>The matrix's inverse times the values.</summary>
    public double[] Alpha { get; }

    /// <summary>
    /// The standard error of a share, given that of a model which is right: what is unknown may belong to the share or not, any part of it as likely as any other,
    /// so a share S of the known u is off by u ((S - ½)² + 1/12)^½ more.
    /// </summary>
    public double ErrorOf(double share, double error) =>
        Math.Sqrt(error * error + Unknown * Unknown * ((Math.Clamp(share, 0, 1) - 0.5) * (Math.Clamp(share, 0, 1) - 0.5) + 1 / 12.0));

    /// <summary>So many of some positions, at equal intervals; all if they are few enough.</summary>
    public static int[] Spread(int count, int most) =>
        [.. Enumerable.Range(0, Math.Min(count, most)).Select(place => count <= most ? place : (int)((long)place * count / most))];
}
