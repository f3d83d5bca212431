using System.Runtime.Intrinsics;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// The kernel between points and rows: k(x, x') = s1 M(r) + (s2/d) Σ_j a_j a'_j M(|x_j - x'_j| / (c l_j)) + (s3/d) (1 + q)², where M is Matérn's with
/// ν = 5/2, r² = Σ_j (D_j / l_j)² and q = 4 Σ_j (x_j - ½)(x'_j - ½) over ordered axes.
/// </summary>
/// <remarks>
/// <para>D_j is the difference of coordinates, or 1 where categories differ. Where one of two points has an axis inactive, D_j is <see cref="InactiveDistance"/>
/// beside the distance from the centre, as if inactive points lay on an axis of their own; the additive part compares only what both have active (a = 1), which
/// is what lets branches of a conditional space learn from each other what they share. All three are positive semidefinite.</para>
/// <para>Sources: Matérn with a length-scale for each axis: Rasmussen and Williams 2006, ISBN 026218253X; additive parts: Duvenaud et al. 2011, arXiv:1112.4394;
/// inactive axes: after Swersky et al. 2014, arXiv:1409.4011.</para>
/// </remarks>
internal sealed class Covariance
{
    private const double InactiveDistance = 0.5;
    private const int Lanes = RowProducts.Lanes;

    private readonly ModelAxes _axes;
    private readonly int _stride;
    private readonly double[] _features; // [axis × row], as in KernelQuery
    private readonly double[] _active;
    private readonly double[] _rise;
    private readonly double[] _fall;

    public Covariance(ModelAxes axes, KernelScales scales, int capacity)
    {
        _axes = axes;
        Scales = scales;
        _stride = RowProducts.Padded(capacity);
        _features = new double[axes.Count * _stride];
        _active = new double[axes.Count * _stride];
        _rise = new double[axes.Count * _stride];
        _fall = new double[axes.Count * _stride];
    }

    public KernelScales Scales { get; private set; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The length of a vector over the rows.</summary>
    public int Capacity => _stride;

    /// <summary>Adds a row.</summary>
    public void Add(KernelQuery point)
    {
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            var at = axis * _stride + Count;
            (_features[at], _active[at], _rise[at], _fall[at]) = (point.Features[axis], point.Active[axis], point.Rise[axis], point.Fall[axis]);
        }

        Count++;
    }

    /// <summary>Another of the first rows, with room for more.</summary>
    public Covariance Copy(int count, int capacity)
    {
        var copy = new Covariance(_axes, Scales, capacity) { Count = count };
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            var (from, to) = (axis * _stride, axis * copy._stride);
            _features.AsSpan(from, count).CopyTo(copy._features.AsSpan(to));
            _active.AsSpan(from, count).CopyTo(copy._active.AsSpan(to));
            _rise.AsSpan(from, count).CopyTo(copy._rise.AsSpan(to));
            _fall.AsSpan(from, count).CopyTo(copy._fall.AsSpan(to));
        }

        return copy;
    }

    /// <summary>The same rows under other hyperparameters.</summary>
    public void Rescale(KernelScales scales)
    {
        Scales = scales;
        foreach (var axis in _axes.Ordered)
        {
            for (var row = 0; row < Count; row++)
            {
                var at = axis * _stride + row;
                var turn = Math.Exp(scales.Rates[axis] * _features[at]);
                (_rise[at], _fall[at]) = (_active[at] * turn, _active[at] / turn);
            }
        }
    }

    /// <summary>Sets a query to a point.</summary>
    public void Set(KernelQuery query, ReadOnlySpan<double> point)
    {
        _axes.Encode(point, query.Features, query.Active);
        foreach (var axis in _axes.Ordered)
        {
            var turn = Math.Exp(Scales.Rates[axis] * query.Features[axis]);
            (query.Rise[axis], query.Fall[axis]) = (query.Active[axis] * turn, query.Active[axis] / turn);
        }

        foreach (var axis in _axes.Categories)
        {
            (query.Rise[axis], query.Fall[axis]) = (query.Active[axis], query.Active[axis]);
        }
    }

    /// <summary>Sets a query to a row.</summary>
    public void Set(KernelQuery query, int row)
    {
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            var at = axis * _stride + row;
            (query.Features[axis], query.Active[axis], query.Rise[axis], query.Fall[axis]) = (_features[at], _active[at], _rise[at], _fall[at]);
        }
    }

    /// <summary>k(x, x), noise aside.</summary>
    public double Variance(KernelQuery query)
    {
        var linear = 1.0;
        foreach (var axis in _axes.Ordered)
        {
            linear += 4 * query.Features[axis] * query.Features[axis];
        }

        return Scales.Full + Scales.Additive * query.Active.Sum() + Scales.Quadratic * linear * linear;
    }

    /// <summary>Compares a query with the first rows; what it writes beyond them, up to a vector's end, has no meaning.</summary>
    public void Compare(KernelQuery query, int count)
    {
        var (one, third) = (Vector512<double>.One, Vector512.Create(1 / 3.0));
        for (var row = 0; row < count; row += Lanes)
        {
            var (square, additive, linear) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            foreach (var axis in _axes.Ordered)
            {
                var at = (nuint)(axis * _stride + row);
                var x = Vector512.LoadUnsafe(ref _features[0], at);
                var own = Vector512.Create(query.Features[axis]);
                var difference = own - x;
                square = Vector512.FusedMultiplyAdd(difference * difference, Vector512.Create(Scales.InverseSquares[axis]), square);
                linear = Vector512.FusedMultiplyAdd(own, x, linear);
                var t = Vector512.Abs(difference) * Vector512.Create(Scales.Rates[axis]);
                var polynomial = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(t, third, one), t, one);
                additive = Vector512.FusedMultiplyAdd(polynomial, Decay(query, axis, at), additive);
            }

            foreach (var axis in _axes.Categories)
            {
                var at = (nuint)(axis * _stride + row);
                var same = Vector512.Equals(Vector512.LoadUnsafe(ref _features[0], at), Vector512.Create(query.Features[axis]));
                square += Vector512.ConditionalSelect(same, Vector512<double>.Zero, Vector512.Create(Scales.InverseSquares[axis]));
                additive = Vector512.FusedMultiplyAdd(Vector512.ConditionalSelect(same, one, Vector512.Create(Scales.Apart[axis])), Decay(query, axis, at), additive);
            }

            foreach (var axis in _axes.Optional)
            {
                var difference = Vector512.LoadUnsafe(ref _active[0], (nuint)(axis * _stride + row)) - Vector512.Create(query.Active[axis]);
                square = Vector512.FusedMultiplyAdd(
                    difference * difference, Vector512.Create(InactiveDistance * InactiveDistance * Scales.InverseSquares[axis]), square);
            }

            Store(query, row, square, additive, Vector512.FusedMultiplyAdd(linear, Vector512.Create(4.0), one));
        }
    }

    /// <summary>Adds Σ_rows weight · dk/d(ln l_j) for each axis: of the full part to one span, of the additive one to the other. The query was compared.</summary>
    public void AddLengthGradient(KernelQuery query, ReadOnlySpan<double> weights, int count, Span<double> full, Span<double> additive)
    {
        var (one, third) = (Vector512<double>.One, Vector512.Create(1 / 3.0));
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            var isOrdered = _axes.IsOrdered(axis);
            var (sum, sum2) = (Vector512<double>.Zero, Vector512<double>.Zero);
            var (own, rate) = (Vector512.Create(query.Features[axis]), Vector512.Create(Scales.Rates[axis]));
            for (var row = 0; row < count; row += Lanes)
            {
                var at = (nuint)(axis * _stride + row);
                var weight = Vector512.Create(weights[row..]);
                var x = Vector512.LoadUnsafe(ref _features[0], at);
                var slope = weight * Vector512.LoadUnsafe(ref query.Slope[0], (nuint)row);
                if (isOrdered)
                {
                    var difference = own - x;
                    sum = Vector512.FusedMultiplyAdd(slope, difference * difference, sum);
                    var t = Vector512.Abs(difference) * rate;
                    sum2 = Vector512.FusedMultiplyAdd(weight * Decay(query, axis, at), (one + t) * t * t * third, sum2);
                }
                else
                {
                    var same = Vector512.Equals(x, own);
                    sum += Vector512.ConditionalSelect(same, Vector512<double>.Zero, slope);
                    sum2 = Vector512.FusedMultiplyAdd(
                        weight * Decay(query, axis, at), Vector512.ConditionalSelect(same, Vector512<double>.Zero, Vector512.Create(Scales.ApartSlope[axis])), sum2);
                }

                if (_axes.IsOptional(axis))
                {
                    var difference = Vector512.LoadUnsafe(ref _active[0], at) - Vector512.Create(query.Active[axis]);
                    sum = Vector512.FusedMultiplyAdd(slope, difference * difference * Vector512.Create(InactiveDistance * InactiveDistance), sum);
                }
            }

            full[axis] += RowProducts.Sum(sum) * Scales.Full * 5 / 3 * Scales.InverseSquares[axis];
            additive[axis] += RowProducts.Sum(sum2) * Scales.Additive;
        }
    }

    /// <summary>Σ_rows weight · dk/dx for an ordered axis, for two sets of weights. The query was compared.</summary>
    /// <param name="query">The point.</param>
    /// <param name="axis">An ordered axis that is active in it.</param>
    /// <param name="first">Weights; zero beyond the rows.</param>
    /// <param name="second">Others.</param>
    public (double First, double Second) Gradient(KernelQuery query, int axis, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var one = Vector512<double>.One;
        var (sum, sum2) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var own = Vector512.Create(query.Features[axis]);
        var rate = Scales.Rates[axis];
        var full = Vector512.Create(-5 / 3.0 * Scales.Full * Scales.InverseSquares[axis]);
        var additive = Vector512.Create(-rate * rate / 3 * Scales.Additive);
        var quadratic = Vector512.Create(8 * Scales.Quadratic);
        for (var row = 0; row < Count; row += Lanes)
        {
            var at = (nuint)(axis * _stride + row);
            var x = Vector512.LoadUnsafe(ref _features[0], at);
            var difference = own - x;
            var t = Vector512.Abs(difference) * Vector512.Create(rate);
            var factor = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref query.Slope[0], (nuint)row), full, (one + t) * Decay(query, axis, at) * additive);
            var slope = Vector512.FusedMultiplyAdd(factor, difference, Vector512.LoadUnsafe(ref query.Linear[0], (nuint)row) * x * quadratic);
            sum = Vector512.FusedMultiplyAdd(slope, Vector512.Create(first[row..]), sum);
            sum2 = Vector512.FusedMultiplyAdd(slope, Vector512.Create(second[row..]), sum2);
        }

        return (RowProducts.Sum(sum), RowProducts.Sum(sum2));
    }

    /// <summary>dk(x, x)/dx on an ordered axis.</summary>
    public double VarianceGradient(KernelQuery query, int axis)
    {
        var linear = 1.0;
        foreach (var other in _axes.Ordered)
        {
            linear += 4 * query.Features[other] * query.Features[other];
        }

        return 16 * Scales.Quadratic * linear * query.Features[axis];
    }

    // e^{-rate |x - x'|}, 0 if either is inactive.
    private Vector512<double> Decay(KernelQuery query, int axis, nuint at) =>
        Vector512.Min(
            Vector512.Create(query.Rise[axis]) * Vector512.LoadUnsafe(ref _fall[0], at),
            Vector512.Create(query.Fall[axis]) * Vector512.LoadUnsafe(ref _rise[0], at));

    private void Store(KernelQuery query, int row, Vector512<double> square, Vector512<double> additive, Vector512<double> linear)
    {
        var at = (nuint)row;
        var t = Vector512.Sqrt(square * Vector512.Create(5.0));
        var decay = VectorExp.Exp(-t);
        var slope = Vector512.FusedMultiplyAdd(t, decay, decay);
        var full = Vector512.FusedMultiplyAdd(t * t * Vector512.Create(1 / 3.0), decay, slope);
        slope.StoreUnsafe(ref query.Slope[0], at);
        full.StoreUnsafe(ref query.Full[0], at);
        additive.StoreUnsafe(ref query.Additive[0], at);
        linear.StoreUnsafe(ref query.Linear[0], at);
        var kernel = full * Vector512.Create(Scales.Full);
        kernel = Vector512.FusedMultiplyAdd(additive, Vector512.Create(Scales.Additive), kernel);
        Vector512.FusedMultiplyAdd(linear * linear, Vector512.Create(Scales.Quadratic), kernel).StoreUnsafe(ref query.Kernel[0], at);
    }
}
