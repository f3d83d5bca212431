namespace HyperOpt.Numerics;

/// <summary>
/// A quadratic fitted to values at some places by weighted least squares: a constant, the slopes, the squares and, if they are wanted, the products of two coordinates.
/// </summary>
internal sealed class QuadraticFit
{
    /// <summary>A place that the others leave nearly free is not foretold by them at all.</summary>
    private const double LeastFreedom = 1e-9;

    private readonly int _dimensions;
    private readonly bool _isMixed;
    private readonly double[][] _rows;
    private readonly double[] _values;
    private readonly double[] _weights;
    private readonly double[] _coefficients;
    private readonly CholeskyFactor _factor;

    private QuadraticFit(int dimensions, bool isMixed, double[][] rows, double[] values, double[] weights, CholeskyFactor factor, double[] coefficients)
    {
        (_dimensions, _isMixed) = (dimensions, isMixed);
        (_rows, _values, _weights) = (rows, values, weights);
        (_factor, _coefficients) = (factor, coefficients);
    }

    /// <summary>How many coefficients there are.</summary>
    public int Terms => TermsOf(_dimensions, _isMixed);

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
        var terms = TermsOf(dimensions, isMixed);
        var stride = CholeskyFactor.StrideFor(terms);
        double[][] rows = [.. places.Select(place => TermsAt(place, dimensions, isMixed, stride))];
        var gram = new double[stride * stride];
        var coefficients = new double[stride];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var row = 0; row < terms; row++)
            {
                var width = RowProducts.Padded(row + 1);
                SymmetricEigen.Add(gram.AsSpan(row * stride, width), weights[i] * rows[i][row], rows[i].AsSpan(0, width));
            }

            SymmetricEigen.Add(coefficients, weights[i] * values[i], rows[i]);
        }

        var factor = new CholeskyFactor(terms);
        if (!factor.TryFactor(new RowBlock(gram, 0, stride), terms, out _))
        {
            return null;
        }

        factor.Forward(coefficients);
        factor.Back(coefficients);
        return new QuadraticFit(dimensions, isMixed, rows, values, weights, factor, coefficients);
    }

    /// <summary>What the fit misses at one of its places.</summary>
    public double ResidualAt(int place) => RowProducts.Dot(_rows[place], _coefficients) - _values[place];

    /// <summary>
    /// What a fit to the others would miss at one of the places: the residual over 1 - h, where h is the place's own share in its value. Source: Allen 1974, 10.1080/00401706.1974.10489157.
    /// </summary>
    public double LeftOutResidualAt(int place)
    {
        var row = (double[])_rows[place].Clone();
        _factor.Forward(row);
        return ResidualAt(place) / Math.Max(LeastFreedom, 1 - _weights[place] * RowProducts.Dot(row, row));
    }

    /// <summary>The value at a place.</summary>
    public double At(double[] place) => RowProducts.Dot(TermsAt(place, _dimensions, _isMixed, _coefficients.Length), _coefficients);

    /// <summary>The second derivatives by rows and the first at 0, both padded.</summary>
    public (double[] Hessian, double[] Gradient) Derivatives()
    {
        var stride = RowProducts.Padded(_dimensions);
        var (hessian, gradient) = (new double[_dimensions * stride], new double[stride]);
        _coefficients.AsSpan(1, _dimensions).CopyTo(gradient);
        var at = 1 + 2 * _dimensions;
        for (var j = 0; j < _dimensions; j++)
        {
            hessian[j * stride + j] = 2 * _coefficients[1 + _dimensions + j];
            for (var k = 0; _isMixed && k < j; k++)
            {
                hessian[j * stride + k] = hessian[k * stride + j] = _coefficients[at++];
            }
        }

        return (hessian, gradient);
    }

    private static double[] TermsAt(double[] z, int dimensions, bool isMixed, int stride)
    {
        var terms = new double[stride];
        terms[0] = 1;
        z.AsSpan(0, dimensions).CopyTo(terms.AsSpan(1));
        var at = 1 + dimensions;
        for (var j = 0; j < dimensions; j++)
        {
            terms[at++] = z[j] * z[j];
        }

        for (var j = 0; isMixed && j < dimensions; j++)
        {
            for (var k = 0; k < j; k++)
            {
                terms[at++] = z[j] * z[k];
            }
        }

        return terms;
    }
}
