using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>
/// A quadratic fitted to values at some places by weighted least squares: a constant, the slopes, the squares and, if they are wanted, the products of two coordinates.
/// </summary>
/// <remarks>An instance is the room for fits of one shape, one after the other: nothing of one fit is seen by the next.</remarks>
internal sealed class QuadraticFit
{
    /// <summary>A place that the others leave nearly free is not foretold by them at all.</summary>
    private const double LeastFreedom = 1e-9;

    private readonly int _stride;
    private readonly double[] _rows; // the terms at each place
    private readonly double[] _weighted;
    private readonly double[] _gram;
    private readonly double[] _coefficients;
    private readonly CholeskyFactor _factor;
    private double[] _values = [];
    private double[] _weights = [];

    /// <summary>Room for fits.</summary>
    /// <param name="dimensions">How many numbers of a place count.</param>
    /// <param name="isMixed">Whether there are products of two coordinates.</param>
    /// <param name="most">How many places there are at most.</param>
    public QuadraticFit(int dimensions, bool isMixed, int most)
    {
        (Dimensions, IsMixed, Terms) = (dimensions, isMixed, TermsOf(dimensions, isMixed));
        _stride = CholeskyFactor.StrideFor(Terms);
        (_rows, _weighted, _gram) = (new double[most * _stride], new double[most * _stride], new double[_stride * _stride]);
        (_coefficients, _factor) = (new double[_stride], new CholeskyFactor(Terms));
    }

    public int Dimensions { get; }

    public bool IsMixed { get; }

    /// <summary>How many coefficients there are.</summary>
    public int Terms { get; }

    /// <summary>How many coefficients a quadratic has.</summary>
    public static int TermsOf(int dimensions, bool isMixed) => isMixed ? 1 + dimensions + dimensions * (dimensions + 1) / 2 : 1 + 2 * dimensions;

    /// <summary>The fit; null if the places say too little, even with jitter.</summary>
    /// <param name="places">Vectors of at least so many numbers.</param>
    /// <param name="values">Of each place.</param>
    /// <param name="weights">Of each place, not negative.</param>
    /// <param name="dimensions">How many numbers of a place count.</param>
    /// <param name="isMixed">Whether there are products of two coordinates.</param>
    public static QuadraticFit? Of(IReadOnlyList<double[]> places, double[] values, double[] weights, int dimensions, bool isMixed)
    {
        var fit = new QuadraticFit(dimensions, isMixed, places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            fit.SetPlace(i, places[i]);
        }

        return fit.TryFit(values, weights) ? fit : null;
    }

    /// <summary>Says where a value is.</summary>
    /// <param name="index">Below the most.</param>
    /// <param name="place">At least so many numbers as there are dimensions.</param>
    public void SetPlace(int index, ReadOnlySpan<double> place) => Spread(place, _rows.AsSpan(index * _stride, _stride));

    /// <summary>Fits to the first places; false if they say too little, even with jitter.</summary>
    /// <param name="values">Of each of them; kept.</param>
    /// <param name="weights">Of each, not negative; kept.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFit(double[] values, double[] weights)
    {
        (_values, _weights) = (values, weights);
        for (var i = 0; i < values.Length; i++)
        {
            RowProducts.Scale(weights[i], Row(i), _weighted.AsSpan(i * _stride, _stride));
        }

        RowProducts.OuterProducts(new RowBlock(_gram, 0, _stride), new RowBlock(_weighted, 0, _stride), new RowBlock(_rows, 0, _stride), Terms, values.Length);
        if (!_factor.TryFactor(new RowBlock(_gram, 0, _stride), Terms, out _))
        {
            return false;
        }

        _coefficients.AsSpan().Clear();
        for (var i = 0; i < values.Length; i++)
        {
            SymmetricEigen.Add(_coefficients, weights[i] * values[i], Row(i));
        }

        _factor.Forward(_coefficients);
        _factor.Back(_coefficients);
        return true;
    }

    /// <summary>What the fit misses at one of its places.</summary>
    public double ResidualAt(int place) => RowProducts.Dot(Row(place), _coefficients) - _values[place];

    /// <summary>
    /// What a fit to the others would miss at one of the places: the residual over 1 - h, where h is the place's own share in its value. Source: Allen 1974, 10.1080/00401706.1974.10489157.
    /// </summary>
    public double LeftOutResidualAt(int place)
    {
        var row = Row(place).ToArray();
        _factor.Forward(row);
        return ResidualAt(place) / Math.Max(LeastFreedom, 1 - _weights[place] * RowProducts.Dot(row, row));
    }

    /// <summary>The value at a place.</summary>
    public double At(double[] place)
    {
        var terms = new double[_stride];
        Spread(place, terms);
        return RowProducts.Dot(terms, _coefficients);
    }

    /// <summary>The second derivatives by rows and the first at 0, both padded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double[] Hessian, double[] Gradient) Derivatives()
    {
        var width = RowProducts.Padded(Dimensions);
        var (hessian, gradient) = (new double[Dimensions * width], new double[width]);
        _coefficients.AsSpan(1, Dimensions).CopyTo(gradient);
        var at = 1 + 2 * Dimensions;
        for (var j = 0; j < Dimensions; j++)
        {
            hessian[j * width + j] = 2 * _coefficients[1 + Dimensions + j];
            for (var k = 0; IsMixed && k < j; k++)
            {
                hessian[j * width + k] = hessian[k * width + j] = _coefficients[at++];
            }
        }

        return (hessian, gradient);
    }

    private Span<double> Row(int place) => _rows.AsSpan(place * _stride, _stride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<double> place, Span<double> terms)
    {
        terms[0] = 1;
        for (var j = 0; j < Dimensions; j++)
        {
            terms[1 + j] = place[j];
            terms[1 + Dimensions + j] = place[j] * place[j];
        }

        var at = 1 + 2 * Dimensions;
        for (var j = 0; IsMixed && j < Dimensions; j++)
        {
            for (var k = 0; k < j; k++)
            {
                terms[at++] = place[j] * place[k];
            }
        }
    }
}
