namespace HyperOpt.Numerics;

/// <summary>Where a quadratic is least in a ball that a box cuts: what would leave the box is held at its side, and the rest is sought anew.</summary>
/// <remarks>An active set that only grows: exact where the sides met first are those of the minimum, else a little above it.</remarks>
internal static class QuadraticBox
{
    /// <summary>The point; null if H holds what is not finite.</summary>
    /// <param name="hessian">H by rows, padded.</param>
    /// <param name="gradient">g, padded.</param>
    /// <param name="radius">Of the ball around 0 in which each search goes.</param>
    /// <param name="lows">The box's low sides, at most 0; one for each row.</param>
    /// <param name="highs">Its high sides, at least 0.</param>
    public static double[]? Minimum(double[] hessian, double[] gradient, double radius, double[] lows, double[] highs)
    {
        var (count, stride) = (lows.Length, gradient.Length);
        var (point, isHeld) = (new double[stride], new bool[count]);
        for (var isInside = false; !isInside;)
        {
            var (rest, slopes) = Free(hessian, gradient, point, isHeld);
            if (QuadraticBall.Minimum(rest, slopes, count, radius, 0) is not { } found)
            {
                return null;
            }

            isInside = true;
            for (var j = 0; j < count; j++)
            {
                if (!isHeld[j])
                {
                    point[j] = Math.Clamp(found[j], lows[j], highs[j]);
                    isHeld[j] = point[j] != found[j];
                    isInside &= !isHeld[j];
                }
            }
        }

        return point;
    }

    // The quadratic of the rows that are not held; those that are have no slope.
    private static (double[] Hessian, double[] Gradient) Free(double[] hessian, double[] gradient, double[] point, bool[] isHeld)
    {
        var stride = gradient.Length;
        var (rest, slopes) = ((double[])hessian.Clone(), (double[])gradient.Clone());
        for (var j = 0; j < isHeld.Length; j++)
        {
            for (var k = 0; k < isHeld.Length; k++)
            {
                slopes[j] += isHeld[k] ? hessian[j * stride + k] * point[k] : 0;
                rest[j * stride + k] = !isHeld[j] && !isHeld[k] ? rest[j * stride + k] : j == k ? 1 : 0;
            }
        }

        for (var j = 0; j < isHeld.Length; j++)
        {
            slopes[j] = isHeld[j] ? 0 : slopes[j];
        }

        return (rest, slopes);
    }
}
