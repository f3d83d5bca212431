using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>Sums Σ_nn' a_n b_n' M_nn' with matrices M that are products and symmetric polynomials of Γ_i = Φ_i Λ_i² Φ_iᵀ, all in one pass over the rows.</summary>
internal sealed class QuadraticForms(AnovaModel model)
{
    private const int Block = FeatureTable.Block;

    private readonly List<Product> _products = [];
    private readonly List<Polynomial> _polynomials = [];
    private readonly Dictionary<(string, int, int, int), Product> _productOf = [];
    private readonly Dictionary<(string, int, int, int), Polynomial> _polynomialOf = [];

    /// <summary>Asks for aᵀ(∏ Γ)a.</summary>
    /// <param name="name">What to ask for the result by.</param>
    /// <param name="axes">One or two.</param>
    /// <param name="a">The vector.</param>
    public void Ask((string, int, int, int) name, int[] axes, double[] a) => _products.Add(_productOf[name] = new Product(axes, a));

    /// <summary>Asks for Σ_m a_mᵀ e_m(Γ) b_m, m = 1 to 3, over the active axes; and for each axis what of it goes away without that axis.</summary>
    public void AskAll((string, int, int, int) name, bool[] active, Func<int, double[]> a, Func<int, double[]> b, bool withAxes) =>
        _polynomials.Add(_polynomialOf[name] = new Polynomial(active, [a(1), a(2), a(3)], [b(1), b(2), b(3)], withAxes));

    /// <summary>A result.</summary>
    public double Of((string, int, int, int) name) => _productOf.TryGetValue(name, out var product) ? product.Sum : _polynomialOf[name].Sum;

    /// <summary>The part of a result that an axis takes part in.</summary>
    public double WithAxis((string, int, int, int) name, int axis) => _polynomialOf[name].WithAxis[axis];

    /// <summary>Computes all that was asked for.</summary>
    public void Run()
    {
        var features = model.Features;
        double[][] squares = [.. model.Scales.Spectra.Select(spectrum => spectrum.Select(value => value * value).ToArray())];
        var kernel = new AnovaKernel(features, squares, [1, 1, 1, 1]);
        double[][] sums = [new double[features.Stride], new double[features.Stride], new double[features.Stride]];
        var groups = _polynomials.GroupBy(polynomial => string.Concat(polynomial.Active.Select(isActive => isActive ? '1' : '0')), StringComparer.Ordinal).ToArray();
        for (var row = 0; row < features.Count; row++)
        {
            if (row % Block == 0)
            {
                kernel.CompareRows(row);
            }

            var from = row % Block * features.Stride;
            foreach (var product in _products)
            {
                var matrix = kernel.Products[product.Axes[0]].AsSpan(from, features.Stride);
                if (product.Axes.Length > 1)
                {
                    RowProducts.Multiply(matrix, kernel.Products[product.Axes[1]].AsSpan(from, features.Stride), sums[0]);
                    matrix = sums[0];
                }

                product.Sum += product.A[row] * RowProducts.Dot(matrix, product.A);
            }

            foreach (var same in groups)
            {
                Symmetric(kernel, from, same.First().Active, sums);
                foreach (var polynomial in same)
                {
                    polynomial.Add(row, sums, kernel.Products, from);
                }
            }
        }
    }

    // e_1, e_2 and e_3 of the active axes.
    private static void Symmetric(AnovaKernel kernel, int from, bool[] active, double[][] sums)
    {
        var (one, two, three) = (sums[0], sums[1], sums[2]);
        Array.Clear(one);
        Array.Clear(two);
        Array.Clear(three);
        for (var axis = 0; axis < active.Length; axis++)
        {
            if (active[axis])
            {
                var z = kernel.Products[axis].AsSpan(from, one.Length);
                for (var n = 0; n < one.Length; n++)
                {
                    three[n] += z[n] * two[n];
                    two[n] += z[n] * one[n];
                    one[n] += z[n];
                }
            }
        }
    }

    private sealed class Product(int[] axes, double[] a)
    {
        public int[] Axes => axes;

        public double[] A => a;

        public double Sum { get; set; }
    }

    private sealed class Polynomial(bool[] active, double[][] a, double[][] b, bool withAxes)
    {
        private readonly double[] _left = new double[a[0].Length];

        public bool[] Active => active;

        public double Sum { get; private set; }

        public double[] WithAxis { get; } = new double[active.Length];

        public void Add(int row, double[][] sums, double[][] products, int from)
        {
            var (one, two, three) = (sums[0], sums[1], sums[2]);
            Sum += a[0][row] * RowProducts.Dot(one, b[0]) + a[1][row] * RowProducts.Dot(two, b[1]) + a[2][row] * RowProducts.Dot(three, b[2]);
            for (var axis = 0; axis < active.Length && withAxes; axis++)
            {
                if (!active[axis])
                {
                    continue;
                }

                // Γ_j (1, e_1, e_2) of the others.
                var z = products[axis].AsSpan(from, one.Length);
                for (var n = 0; n < one.Length; n++)
                {
                    var rest = one[n] - z[n];
                    _left[n] = a[0][row] * b[0][n] + a[1][row] * b[1][n] * rest + a[2][row] * b[2][n] * (two[n] - z[n] * rest);
                }

                WithAxis[axis] += RowProducts.Dot(z, _left);
            }
        }
    }
}
