using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// ln of the expected gain in dominated volume, in closed form: E = Σ_boxes Π_i [Ψ_i(high_i) - Ψ_i(low_i)], where Ψ_i(t) = E[max(0, t - y_i)]. The sum is made of
/// logarithms, so that it has a slope however small it is. Sources: Emmerich et al. 2011, 10.1109/CEC.2011.5949880; logarithms: Ament et al. 2023, arXiv:2310.20708.
/// </summary>
/// <param name="boxes">What is not dominated.</param>
internal sealed class LogHypervolumeImprovement(BoxDecomposition boxes) : IAcquisition
{
    private readonly int _objectives = boxes.Edges.Length;

    // Of each edge: ln Ψ, and the derivatives of Ψ by mean and spread in units of Ψ. Used by one thread.
    private readonly (double Log, double ByMean, double BySpread)[][] _edges = [.. boxes.Edges.Select(edges => new (double, double, double)[edges.Length])];
    private readonly double[] _logs = new double[boxes.Lows.Length / boxes.Edges.Length];

    public double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread)
    {
        Weigh(means, spreads);
        var largest = double.NegativeInfinity;
        for (var box = 0; box < _logs.Length; box++)
        {
            var log = 0.0;
            for (var i = 0; i < _objectives; i++)
            {
                log += Side(box, i).Log;
            }

            _logs[box] = log;
            largest = Math.Max(largest, log);
        }

        byMean.Clear();
        bySpread.Clear();
        if (double.IsNegativeInfinity(largest))
        {
            return largest;
        }

        var sum = 0.0;
        for (var box = 0; box < _logs.Length; box++)
        {
            var weight = Math.Exp(_logs[box] - largest);
            sum += weight;
            for (var i = 0; i < _objectives && weight > 1e-12; i++)
            {
                var (_, mean, spread) = Side(box, i);
                byMean[i] += weight * mean;
                bySpread[i] += weight * spread;
            }
        }

        for (var i = 0; i < _objectives; i++)
        {
            byMean[i] /= sum;
            bySpread[i] /= sum;
        }

        return largest + Math.Log(sum);
    }

    private void Weigh(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads)
    {
        for (var i = 0; i < _objectives; i++)
        {
            _edges[i][0] = (double.NegativeInfinity, 0, 0);
            for (var edge = 1; edge < _edges[i].Length; edge++)
            {
                var z = (boxes.Edges[i][edge] - means[i]) / spreads[i];
                var (log, slope) = LogImprovement.At(z);
                _edges[i][edge] = (Math.Log(spreads[i]) + log, -slope / spreads[i], (1 - z * slope) / spreads[i]);
            }
        }
    }

    // ln [Ψ(high) - Ψ(low)] of one side of a box, and its derivatives.
    private (double Log, double ByMean, double BySpread) Side(int box, int objective)
    {
        var high = _edges[objective][boxes.Highs[box * _objectives + objective]];
        var low = _edges[objective][boxes.Lows[box * _objectives + objective]];
        var part = Math.Exp(low.Log - high.Log);
        var rest = 1 - part;
        return rest > 1e-15
            ? (high.Log + Math.Log(rest), (high.ByMean - part * low.ByMean) / rest, (high.BySpread - part * low.BySpread) / rest)
            : (double.NegativeInfinity, 0, 0);
    }
}
