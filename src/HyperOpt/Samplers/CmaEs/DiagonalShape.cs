using System.Runtime.CompilerServices;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>Variances only, for many dimensions. Ros and Hansen 2008, 10.1007/978-3-540-87700-4_30.</summary>
internal sealed class DiagonalShape : Shape
{
    private readonly double[] _variances; // padded with zeros
    private readonly int _count;

    public DiagonalShape(double[] variances, int count)
    {
        (_variances, _count) = (variances, count);
        foreach (var variance in variances.AsSpan(0, count))
        {
            LogDeterminant += Math.Log(variance);
        }
    }

    public override double LogDeterminant { get; }

    public override double Condition => _variances.AsSpan(0, _count).ToArray().Max() / _variances.AsSpan(0, _count).ToArray().Min();

    public override double Variance(int dimension) => _variances[dimension];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double[] Colour(ReadOnlySpan<double> z)
    {
        var y = z.ToArray();
        for (var j = 0; j < _count; j++)
        {
            y[j] *= Math.Sqrt(_variances[j]);
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WhitenRows(Span<double> rows)
    {
        for (; !rows.IsEmpty; rows = rows[_variances.Length..])
        {
            for (var j = 0; j < _count; j++)
            {
                rows[j] /= Math.Sqrt(_variances[j]);
            }
        }
    }

    public override (double Mean, double Variance) Given(int dimension, ReadOnlySpan<double> y) => (0, _variances[dimension]);

    public override double[] PrincipalStep(int index)
    {
        var step = new double[_variances.Length];
        step[index] = Math.Sqrt(_variances[index]);
        return step;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override Shape? Adapt(double keep, ReadOnlySpan<double> path, ReadOnlySpan<double> weights, double[][] steps, int gap)
    {
        var variances = new double[_variances.Length];
        for (var j = 0; j < _count; j++)
        {
            var variance = keep * _variances[j] + path[j] * path[j];
            for (var i = 0; i < steps.Length; i++)
            {
                variance += weights[i] * steps[i][j] * steps[i][j];
            }

            variances[j] = variance;
        }

        return OfPositive(variances, _count);
    }

    public override double[] ChangeTo(Shape next, double ratio)
    {
        var change = new double[_count];
        for (var j = 0; j < _count; j++)
        {
            change[j] = ratio * next.Variance(j) / _variances[j] - 1;
        }

        return change;
    }

    public override (Shape Shape, double Scale)? Towards(Shape next, double ratio, double rate)
    {
        var variances = new double[_variances.Length];
        for (var j = 0; j < _count; j++)
        {
            variances[j] = (1 - rate) * _variances[j] + rate * ratio * next.Variance(j);
        }

        if (OfPositive(variances, _count) is not { } blended)
        {
            return null;
        }

        var scale = Math.Exp(blended.LogDeterminant / _count);
        return (new DiagonalShape([.. variances.Select(variance => variance / scale)], _count), scale);
    }

    private static DiagonalShape? OfPositive(double[] variances, int count)
    {
        foreach (var variance in variances.AsSpan(0, count))
        {
            if (!(variance > 0 && double.IsFinite(variance)))
            {
                return null;
            }
        }

        return new DiagonalShape(variances, count);
    }
}
