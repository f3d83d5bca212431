namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>An acquisition over the points of a space, as the models see them. For one thread.</summary>
/// <param name="models">One for each output.</param>
/// <param name="acquisition">What is made of their beliefs.</param>
/// <param name="tilt">What is added to that; null: nothing.</param>
internal sealed class AcquisitionSurface(Posterior[] models, IAcquisition acquisition, Tilt? tilt = null)
{
    private readonly double[] _means = new double[models.Length];
    private readonly double[] _spreads = new double[models.Length];
    private readonly double[] _byMean = new double[models.Length];
    private readonly double[] _bySpread = new double[models.Length];

    /// <summary>The models; the first is of the first objective.</summary>
    public IReadOnlyList<Posterior> Models => models;

    /// <summary>The value at a point, and its derivatives on some ordered axes that are active there.</summary>
    public double At(ReadOnlySpan<double> point, ReadOnlySpan<int> axes, Span<double> gradient)
    {
        var gradients = new double[2 * models.Length * axes.Length];
        for (var i = 0; i < models.Length; i++)
        {
            (_means[i], _spreads[i]) = models[i].At(
                point, axes, gradients.AsSpan(2 * i * axes.Length, axes.Length), gradients.AsSpan((2 * i + 1) * axes.Length, axes.Length));
        }

        var value = acquisition.At(_means, _spreads, _byMean, _bySpread);
        gradient.Clear();
        for (var i = 0; i < models.Length; i++)
        {
            for (var axis = 0; axis < axes.Length; axis++)
            {
                gradient[axis] += _byMean[i] * gradients[2 * i * axes.Length + axis] + _bySpread[i] * gradients[(2 * i + 1) * axes.Length + axis];
            }
        }

        return tilt is null ? value : value + tilt.At(point, axes, gradient);
    }

    /// <summary>The values at many points; NaN counts as -∞.</summary>
    public double[] At(IReadOnlyList<double[]> points)
    {
        var (means, spreads) = (new double[models.Length][], new double[models.Length][]);
        for (var i = 0; i < models.Length; i++)
        {
            (means[i], spreads[i]) = (new double[points.Count], new double[points.Count]);
            models[i].At(points, means[i], spreads[i]);
        }

        var values = new double[points.Count];
        for (var at = 0; at < values.Length; at++)
        {
            for (var i = 0; i < models.Length; i++)
            {
                (_means[i], _spreads[i]) = (means[i][at], spreads[i][at]);
            }

            var value = acquisition.At(_means, _spreads, _byMean, _bySpread) + (tilt?.At(points[at]) ?? 0);
            values[at] = double.IsNaN(value) ? double.NegativeInfinity : value;
        }

        return values;
    }
}
