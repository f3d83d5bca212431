using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// An <see cref="AnovaModel"/> within each regime: f(x) = Σ_n α_n Σ_q w_q e_q(z), of which the products z of the deciding axes are numbers there, so that
/// f = Σ_n Σ_m β_mn e_m(the other, active axes) with β_mn = α_n Σ_q w_(q+m) e_q(the deciding axes). For the model of all trials and those without one of some groups.
/// </summary>
internal sealed class RegimeWeights
{
    private const int Groups = 6;
    private const int Orders = AnovaScales.MaxOrder + 1;

    private readonly AnovaModel _model;
    private readonly Regimes _regimes;
    private readonly double[][] _alphas;
    private readonly double[][][] _products; // [place][level][row] of the deciding axes
    private readonly double[][][] _weights; // [regime][model × order][row]

    public RegimeWeights(AnovaModel model, Regimes regimes)
    {
        (_model, _regimes) = (model, regimes);
        _alphas = [model.Alpha, .. Enumerable.Range(0, Groups).Select(Without)];
        _products = [.. regimes.Deciding.Select((axis, place) => Enumerable.Range(0, regimes.Levels[place]).Select(level => Products(axis, regimes.UnitOf(place, level))).ToArray())];
        _weights = [.. Enumerable.Range(0, regimes.Count).Select(WeightsOf)];
    }

    /// <summary>How many models: the one of all trials comes first.</summary>
    public int Models => _alphas.Length;

    /// <summary>β_m of a model.</summary>
    public double[] Of(int regime, int model, int order) => _weights[regime][model * Orders + order];

    /// <summary>The mean of a model in a regime.</summary>
    public double Mean(int regime, int model) => Of(regime, model, 0).Sum();

    /// <summary>Σ β_m over regimes, each with a factor.</summary>
    public double[] Sum(IEnumerable<(int Regime, double Factor)> parts, int model, int order)
    {
        var sum = new double[_model.Features.Stride];
        foreach (var (regime, factor) in parts)
        {
            var weights = Of(regime, model, order);
            for (var row = 0; row < sum.Length; row++)
            {
                sum[row] += factor * weights[row];
            }
        }

        return sum;
    }

    /// <summary>
    /// A share as the model of all trials has it, with the jackknife's standard error over the others (Efron and Stein 1981, 10.1214/aos/1176345462) and what is not known of the model.
    /// </summary>
    public (double Share, double Error) Judge(double[] shares)
    {
        var mean = shares.Skip(1).Average();
        var square = shares.Skip(1).Sum(share => (share - mean) * (share - mean)) * (Groups - 1) / Groups;
        return (shares[0], _model.ErrorOf(shares[0], Math.Sqrt(square)));
    }

    private double[] Products(int axis, double unit)
    {
        var (spectrum, sums) = (_model.Scales.Spectra[axis], new double[_model.Features.Stride]);
        Span<double> values = new double[spectrum.Length];
        _model.Features.Axes[axis].Evaluate(unit, values);
        for (var p = 0; p < spectrum.Length; p++)
        {
            var column = _model.Features.Column(axis, p);
            for (var row = 0; row < sums.Length; row++)
            {
                sums[row] += spectrum[p] * values[p] * column[row];
            }
        }

        return sums;
    }

    private double[][] WeightsOf(int regime)
    {
        var w = _model.Scales.OrderWeights;
        double[][] weights = [.. Enumerable.Range(0, _alphas.Length * Orders).Select(_ => new double[_model.Features.Stride])];
        var active = _regimes.Active(regime);
        Span<double> e = stackalloc double[Orders];
        for (var row = 0; row < _model.Features.Count; row++)
        {
            e.Clear();
            e[0] = 1;
            for (var place = 0; place < _products.Length; place++)
            {
                var z = active[_regimes.Deciding[place]] ? _products[place][_regimes.LevelOf(regime, place)][row] : 0;
                (e[3], e[2], e[1]) = (e[3] + z * e[2], e[2] + z * e[1], e[1] + z);
            }

            for (var order = 0; order < Orders; order++)
            {
                var sum = 0.0;
                for (var q = 0; q + order < Orders; q++)
                {
                    sum += w[q + order] * e[q];
                }

                for (var model = 0; model < _alphas.Length; model++)
                {
                    weights[model * Orders + order][row] = sum * _alphas[model][row];
                }
            }
        }

        return weights;
    }

    // α - K⁻¹_(·G) (K⁻¹_GG)⁻¹ α_G, which is 0 on the group and solves the system of the others.
    private double[] Without(int group)
    {
        int[] rows = [.. Enumerable.Range(0, _model.Features.Count).Where(row => row % Groups == group)];
        var stride = CholeskyFactor.StrideFor(rows.Length);
        var (columns, matrix, part) = (new double[rows.Length][], new double[stride * stride], new double[stride]);
        for (var i = 0; i < rows.Length; i++)
        {
            var column = columns[i] = new double[_model.Features.Stride];
            column[rows[i]] = 1;
            _model.Factor.Forward(column);
            _model.Factor.Back(column);
            part[i] = _model.Alpha[rows[i]];
            for (var j = 0; j <= i; j++)
            {
                matrix[i * stride + j] = column[rows[j]];
            }
        }

        var factor = new CholeskyFactor(rows.Length);
        factor.TryFactor(new RowBlock(matrix, 0, stride), rows.Length, out _);
        factor.Forward(part);
        factor.Back(part);
        var without = (double[])_model.Alpha.Clone();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var row = 0; row < without.Length; row++)
            {
                without[row] -= part[i] * columns[i][row];
            }
        }

        return without;
    }
}
