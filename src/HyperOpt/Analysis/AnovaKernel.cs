using System.Runtime.Intrinsics;
using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// k(x, x') = Σ_q w_q e_q(z_1, …, z_d), where e_q is the elementary symmetric polynomial (all products of q different ones), z_j = Σ_p λ_jp φ_jp(x_j) φ_jp(x'_j),
/// and φ_j is the <see cref="OrthonormalBasis"/> of an axis. So the parts of a function by the subsets of parameters that they depend on are independent, and
/// orthogonal to each other.
/// </summary>
/// <remarks>
/// Sources: Durrande, Ginsbourger, Roustant and Carraro 2013, 10.1016/j.jmva.2012.08.016 (kernels of zero mean, and indices in closed form); Lu, Boukouvalas and Hensman
/// 2022, arXiv:2206.09861 (with one weight for each order, after Duvenaud et al. 2011, arXiv:1112.4394). The products of a pass are kept for one block of rows.
/// </remarks>
internal sealed class AnovaKernel
{
    private const int Lanes = RowProducts.Lanes;

    private readonly double[][] _spectra;
    private readonly double[] _weights;
    private readonly double[] _block;
    private readonly double[] _one; // e_1
    private readonly double[] _two; // e_2
    private readonly double[] _three; // e_3

    /// <param name="features">The rows.</param>
    /// <param name="spectra">λ for each axis.</param>
    /// <param name="orderWeights">w_0 to w_3.</param>
    public AnovaKernel(FeatureTable features, double[][] spectra, double[] orderWeights)
    {
        (Features, _spectra, _weights) = (features, spectra, orderWeights);
        Length = FeatureTable.Block * features.Stride;
        _block = new double[FeatureTable.Block * features.Columns];
        Products = [.. features.Axes.Select(_ => new double[Length])];
        (_one, _two, _three, Kernel) = (new double[Length], new double[Length], new double[Length], new double[Length]);
    }

    public FeatureTable Features { get; }

    /// <summary>Of the vectors below: for each point of a block all rows, one after the other.</summary>
    public int Length { get; }

    /// <summary>z for each axis.</summary>
    public double[][] Products { get; }

    /// <summary>k; has no meaning beyond the count of the rows.</summary>
    public double[] Kernel { get; }

    /// <summary>Compares some rows, the first being given, with all.</summary>
    public void CompareRows(int first)
    {
        for (var b = 0; b < FeatureTable.Block; b++)
        {
            Features.Read(first + b, _block.AsSpan(b * Features.Columns, Features.Columns));
        }

        Compare();
    }

    /// <summary>Compares as many points as make a block with all rows.</summary>
    public void ComparePoints(ReadOnlySpan<double[]> points)
    {
        for (var b = 0; b < points.Length; b++)
        {
            Features.Evaluate(points[b], _block.AsSpan(b * Features.Columns, Features.Columns));
        }

        Compare();
    }

    /// <summary>weight · dk/dz of an axis, which is Σ_q w_q e_(q-1) of the others, for the first rows and one point of the block.</summary>
    public void WeightedSlope(int axis, int b, ReadOnlySpan<double> weights, Span<double> slope)
    {
        var (w1, w2, w3) = (Vector512.Create(_weights[1]), Vector512.Create(_weights[2]), Vector512.Create(_weights[3]));
        var (products, from) = (Products[axis], b * Features.Stride);
        for (var row = 0; row < weights.Length; row += Lanes)
        {
            var at = (nuint)(from + row);
            var z = Vector512.LoadUnsafe(ref products[0], at);
            var one = Vector512.LoadUnsafe(ref _one[0], at) - z;
            var two = Vector512.LoadUnsafe(ref _two[0], at) - z * one;
            var sum = Vector512.FusedMultiplyAdd(w3, two, Vector512.FusedMultiplyAdd(w2, one, w1));
            (sum * Vector512.Create(weights[row..])).CopyTo(slope[row..]);
        }
    }

    /// <summary>Σ_r weight_r e_2 and Σ_r weight_r e_3 over the first rows and one point of the block.</summary>
    public (double Two, double Three) OrderSums(int b, ReadOnlySpan<double> weights)
    {
        var from = b * Features.Stride;
        return (RowProducts.Dot(weights, _two.AsSpan(from)), RowProducts.Dot(weights, _three.AsSpan(from)));
    }

    private void Compare()
    {
        for (var axis = 0; axis < _spectra.Length; axis++)
        {
            Features.Products(axis, _spectra[axis], _block, Products[axis]);
        }

        var (w0, w1, w2, w3) = (Vector512.Create(_weights[0]), Vector512.Create(_weights[1]), Vector512.Create(_weights[2]), Vector512.Create(_weights[3]));
        for (nuint at = 0; at < (nuint)Length; at += Lanes)
        {
            var (one, two, three) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            foreach (var products in Products)
            {
                var z = Vector512.LoadUnsafe(ref products[0], at);
                three = Vector512.FusedMultiplyAdd(z, two, three);
                two = Vector512.FusedMultiplyAdd(z, one, two);
                one += z;
            }

            one.StoreUnsafe(ref _one[0], at);
            two.StoreUnsafe(ref _two[0], at);
            three.StoreUnsafe(ref _three[0], at);
            Vector512.FusedMultiplyAdd(w3, three, Vector512.FusedMultiplyAdd(w2, two, Vector512.FusedMultiplyAdd(w1, one, w0))).StoreUnsafe(ref Kernel[0], at);
        }
    }
}
