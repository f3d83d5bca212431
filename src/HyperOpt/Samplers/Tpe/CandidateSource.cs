using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>Draws points from a density: a kernel by its weight, then each axis from that kernel's factor, parents before children.</summary>
internal sealed class CandidateSource
{
    private readonly SearchSpace _space;
    private readonly Densities.Mixture _density;
    private readonly double[] _cumulative;
    private readonly bool _hasConditions;

    public CandidateSource(SearchSpace space, Densities.Mixture density)
    {
        _space = space;
        _density = density;
        _hasConditions = !space.Conditions.IsEmpty;
        _cumulative = new double[density.Members.Length];
        var sum = 0.0;
        for (var i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] = sum += Math.Exp(density.LogWeights[i]);
        }
    }

    /// <summary>Draws some of the candidates; NaN on inactive axes. What is drawn does not depend on how many are drawn at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(Candidates candidates, int from, int count, Random random)
    {
        var stride = _space.Count + 1;
        var units = new double[count * stride]; // for each candidate one for its kernel and one for each axis, active or not
        Xoshiro256StarStar.Fill(random, units);
        var kernels = new int[count];
        for (var i = 0; i < count; i++)
        {
            kernels[i] = _density.Members[Search(units[i * stride] * _cumulative[^1])];
        }

        var codes = new double[_hasConditions ? count * _space.Count : 0];
        var probabilities = new double[count];
        for (var next = 1; next < stride; next++)
        {
            var axis = _space.Conditions.Order[next - 1];
            var column = candidates.Column(axis).Slice(from, count);
            for (var i = 0; i < count; i++)
            {
                column[i] = units[i * stride + next];
            }

            if (_space[axis].IsOrdered)
            {
                FromOrdered(axis, kernels, column, probabilities);
            }
            else
            {
                FromCategories(axis, kernels, column);
            }

            Settle(axis, column, codes);
        }
    }

    // By inversion; mirrored where the mass lies above the centre, so that tails keep their digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FromOrdered(int axis, int[] kernels, Span<double> units, Span<double> probabilities)
    {
        var (mus, widths, tails, axes) = (_density.Kernels.Mu, _density.Kernels.Width, _density.Kernels.Tails, _density.Kernels.Axes);
        for (var i = 0; i < units.Length; i++)
        {
            var at = kernels[i] * axes + axis;
            var inside = 1 - tails[2 * at + 1] - tails[2 * at];
            probabilities[i] = tails[2 * at + Side(units[i])] + Math.Min(units[i], 1 - units[i]) * inside;
        }

        Normal.Quantiles(probabilities);
        for (var i = 0; i < units.Length; i++)
        {
            var at = kernels[i] * axes + axis;
            if (!double.IsNaN(mus[at]))
            {
                var z = (1 - 2 * Side(units[i])) * probabilities[i];
                units[i] = Math.Max(0, Math.Min(mus[at] + widths[at] * z, 1));
            }
        }
    }

    // 0: below the centre, by the lower tail; 1: above it, by the upper one. Without a jump, for it could not be foreseen.
    private static int Side(double unit) => unit < 0.5 ? 0 : 1;

    // The smoothed kernel is a mixture: the prior with the smoothing's share, else the observed category.
    private void FromCategories(int axis, int[] kernels, Span<double> units)
    {
        var smoothing = CategoryKernel.UniformShare(_density.Kernels.Present[axis], _space[axis].Cardinality!.Value);
        for (var i = 0; i < units.Length; i++)
        {
            var mu = _density.Kernels.Mu[kernels[i] * _density.Kernels.Axes + axis];
            units[i] = double.IsNaN(mu) ? units[i] : units[i] < smoothing ? units[i] / smoothing : mu;
        }
    }

    // What was drawn is put where the axis has a value, and taken away where it is inactive.
    private void Settle(int axis, Span<double> column, double[] codes)
    {
        var parameter = _space[axis];
        if (!_hasConditions && parameter.Cardinality is null)
        {
            return;
        }

        for (var i = 0; i < column.Length; i++)
        {
            var isActive = !_hasConditions || _space.Conditions.IsActive(axis, codes.AsSpan(i * _space.Count, _space.Count));
            var code = isActive ? parameter.CodeAt(column[i]) : double.NaN;
            column[i] = isActive ? parameter.Cardinality is null ? column[i] : parameter.UnitOf(code) : double.NaN;
            if (_hasConditions)
            {
                codes[i * _space.Count + axis] = code;
            }
        }
    }

    // The first whose cumulative weight is above the target.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Search(double target)
    {
        var (low, high) = (0, _cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _cumulative[middle] <= target ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
