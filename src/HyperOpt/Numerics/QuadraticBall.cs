using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>
/// Where a quadratic is least in a ball: (H + s I) z = -g with the least s that makes it a minimum within reach. Moré and Sorensen 1983, 10.1137/0904038.
/// </summary>
internal static class QuadraticBall
{
    private const int Halvings = 60;

    /// <summary>The point; null if H holds what is not finite.</summary>
    /// <param name="hessian">H by rows, padded.</param>
    /// <param name="gradient">g, padded.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="radius">Of the ball around 0.</param>
    /// <param name="least">A principal direction is not followed if the slope along it is less than this.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[]? Minimum(ReadOnlySpan<double> hessian, ReadOnlySpan<double> gradient, int count, double radius, double least)
    {
        if (SymmetricEigen.Of(hessian, count) is not { } eigen)
        {
            return null;
        }

        var slopes = new double[count];
        for (var k = 0; k < count; k++)
        {
            slopes[k] = RowProducts.Dot(eigen.Vectors.Row(k, gradient.Length), gradient);
            slopes[k] = Math.Abs(slopes[k]) < least ? 0 : slopes[k];
        }

        var shift = Shift(eigen.Values, slopes, radius);
        var point = new double[gradient.Length];
        for (var k = 0; k < count; k++)
        {
            if (slopes[k] != 0)
            {
                SymmetricEigen.Add(point, -slopes[k] / (eigen.Values[k] + shift), eigen.Vectors.Row(k, gradient.Length));
            }
        }

        return point;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Shift(ReadOnlySpan<double> values, double[] slopes, double radius)
    {
        var (least, size, steepest) = (double.PositiveInfinity, 0.0, 0.0);
        for (var k = 0; k < slopes.Length; k++)
        {
            least = Math.Min(least, values[k]);
            size = Math.Max(size, Math.Abs(values[k]));
            steepest = Math.Max(steepest, Math.Abs(slopes[k]));
        }

        var low = Math.Max(0, -least) + 1e-12 * size + 1e-12 * steepest / radius;
        if (LengthAt(values, slopes, low) <= radius)
        {
            return low;
        }

        var high = low + steepest * Math.Sqrt(slopes.Length) / radius;
        for (var step = 0; step < Halvings; step++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = LengthAt(values, slopes, middle) > radius ? (middle, high) : (low, middle);
        }

        return high;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LengthAt(ReadOnlySpan<double> values, double[] slopes, double shift)
    {
        var sum = 0.0;
        for (var k = 0; k < slopes.Length; k++)
        {
            var part = slopes[k] == 0 ? 0 : slopes[k] / (values[k] + shift);
            sum += part * part;
        }

        return Math.Sqrt(sum);
    }
}
