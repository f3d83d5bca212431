using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// The indices of the posterior mean of an <see cref="AnovaModel"/> whose axes are all active, in closed form. A part of f that depends on the parameters I has
/// the variance αᵀ Γ_I α with Γ_I = w² ∏_(i in I) Γ_i and Γ_i = Φ_i Λ_i² Φ_iᵀ, because bases are orthonormal.
/// </summary>
/// <remarks>
/// Errors are those of the posterior to first order: an index S = D_J / D changes with f by 2/D Σ_I ([I in J] - S) ⟨m_I, δf_I⟩, a linear functional of a Gaussian
/// process; its variance needs Γ with third powers of Λ, and one solution with the kernel matrix. What is not known of the model itself is added by <see cref="AnovaModel.ErrorOf"/>.
/// </remarks>
internal static class AnovaIndices
{
    private const int Block = FeatureTable.Block;

    public static SobolIndices Of(AnovaModel model)
    {
        var second = new Sums(model, 2);
        var third = new Sums(model, 3);
        var axes = model.Features.Axes.Count;
        var (first, firstErrors, total, totalErrors) = (new double[axes], new double[axes], new double[axes], new double[axes]);
        var pairs = new Dictionary<(int, int), (double, double)>();
        var (all, scratch) = (RowProducts.Dot(second.All, model.Alpha), new double[model.Features.Stride]);
        for (var axis = 0; axis < axes; axis++)
        {
            (first[axis], firstErrors[axis]) = Share(second.First[axis], third.First[axis]);
            (total[axis], totalErrors[axis]) = Share(second.Total[axis], third.Total[axis]);
            for (var other = axis + 1; other < axes; other++)
            {
                pairs.Add((axis, other), Share(second.Pairs[(axis, other)], third.Pairs[(axis, other)]));
            }
        }

        return new SobolIndices(first, firstErrors, total, totalErrors, pairs, all * model.Scale * model.Scale, model.Explained);

        (double Share, double Error) Share(double[] part, double[] cubed)
        {
            if (!(all > 0))
            {
                return (0, 0);
            }

            var share = RowProducts.Dot(part, model.Alpha) / all;
            for (var row = 0; row < scratch.Length; row++)
            {
                scratch[row] = part[row] - share * second.All[row];
            }

            model.Factor.Forward(scratch);
            var prior = (1 - 2 * share) * RowProducts.Dot(cubed, model.Alpha) + share * share * RowProducts.Dot(third.All, model.Alpha);
            return (share, model.ErrorOf(share, 2 / all * Math.Sqrt(Math.Max(0, prior - RowProducts.Dot(scratch, scratch)))));
        }
    }

    // Γ_J α for each set J, with a power of Λ and of the weights.
    private sealed class Sums
    {
        public Sums(AnovaModel model, int power)
        {
            var features = model.Features;
            var (axes, stride) = (features.Axes.Count, features.Stride);
            double[][] spectra = [.. model.Scales.Spectra.Select(spectrum => spectrum.Select(value => Math.Pow(value, power)).ToArray())];
            double[] weights = [0, .. model.Scales.OrderWeights.Skip(1).Select(weight => Math.Pow(weight, power))];
            var kernel = new AnovaKernel(features, spectra, weights);
            (All, First, Total) = (new double[stride], Vectors(axes, stride), Vectors(axes, stride));
            var (slope, weighted) = (new double[stride], Vectors(axes, stride));
            for (var row = 0; row < features.Count; row += Block)
            {
                kernel.CompareRows(row);
                for (var b = 0; b < Math.Min(Block, features.Count - row); b++)
                {
                    All[row + b] = RowProducts.Dot(model.Alpha, kernel.Kernel.AsSpan(b * stride));
                    for (var axis = 0; axis < axes; axis++)
                    {
                        var products = kernel.Products[axis].AsSpan(b * stride, stride);
                        kernel.WeightedSlope(axis, b, model.Alpha, slope);
                        Total[axis][row + b] = RowProducts.Dot(slope, products);
                        First[axis][row + b] = weights[1] * RowProducts.Dot(model.Alpha, products);
                        RowProducts.Multiply(model.Alpha, products, weighted[axis]);
                        for (var other = 0; other < axis; other++)
                        {
                            Pair(other, axis)[row + b] = weights[2] * RowProducts.Dot(weighted[other], products);
                        }
                    }
                }
            }

            double[] Pair(int one, int two)
            {
                if (!Pairs.TryGetValue((one, two), out var pair))
                {
                    Pairs[(one, two)] = pair = new double[stride];
                }

                return pair;
            }
        }

        public double[] All { get; }

        public double[][] First { get; }

        public double[][] Total { get; }

        public Dictionary<(int, int), double[]> Pairs { get; } = [];

        private static double[][] Vectors(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];
    }
}
