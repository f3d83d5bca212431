namespace HyperOpt.Tests.Numerics;

/// <summary>The squared centred L2 discrepancy: Hickernell (1998), DOI 10.1090/S0025-5718-98-00894-1. What scipy calls 'CD'.</summary>
internal static class CenteredDiscrepancy
{
    public static double Squared(double[][] points)
    {
        var n = points.Length;
        var dimensions = points[0].Length;
        var single = 0.0;
        var pairs = 0.0;
        for (var i = 0; i < n; i++)
        {
            single += Product(points[i], dimensions);
            pairs += Product(points[i], points[i], dimensions);
            for (var j = 0; j < i; j++)
                pairs += 2 * Product(points[i], points[j], dimensions);
        }

        return Math.Pow(13.0 / 12, dimensions) - 2.0 / n * single + pairs / ((double)n * n);
    }

    private static double Product(double[] x, int dimensions)
    {
        var product = 1.0;
        for (var k = 0; k < dimensions; k++)
        {
            var fromCentre = Math.Abs(x[k] - 0.5);
            product *= 1 + 0.5 * fromCentre - 0.5 * fromCentre * fromCentre;
        }

        return product;
    }

    private static double Product(double[] x, double[] y, int dimensions)
    {
        var product = 1.0;
        for (var k = 0; k < dimensions; k++)
            product *= 1 + 0.5 * Math.Abs(x[k] - 0.5) + 0.5 * Math.Abs(y[k] - 0.5) - 0.5 * Math.Abs(x[k] - y[k]);
        return product;
    }
}
