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
        _hasConditions = space.Any(parameter => !parameter.Conditions.IsEmpty);
        _cumulative = new double[density.Members.Length];
        var sum = 0.0;
        for (var i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] = sum += Math.Exp(density.LogWeights[i]);
        }
    }

    /// <summary>Draws some of the candidates; NaN on inactive axes. What is drawn does not depend on how many are drawn at a time.</summary>
    public void Draw(Candidates candidates, int from, int count, Random random)
    {
        var kernels = new int[count];
        var units = new double[count * _space.Count];
        for (var i = 0; i < count; i++)
        {
            kernels[i] = _density.Members[Math.Min(Search(random.NextDouble() * _cumulative[^1]), _cumulative.Length - 1)];
            foreach (var axis in _space.Conditions.Order)
            {
                units[axis * count + i] = random.NextDouble(); // one draw an axis, active or not
            }
        }

        var codes = new double[_hasConditions ? units.Length : 0];
        var probabilities = new double[count];
        foreach (var axis in _space.Conditions.Order)
        {
            var column = candidates.Column(axis).Slice(from, count);
            units.AsSpan(axis * count, count).CopyTo(column);
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
    private void FromOrdered(int axis, int[] kernels, Span<double> units, Span<double> probabilities)
    {
        var (mus, widths, tails, axes) = (_density.Kernels.Mu, _density.Kernels.Width, _density.Kernels.Tails, _density.Kernels.Axes);
        for (var i = 0; i < units.Length; i++)
        {
            var at = kernels[i] * axes + axis;
            var (below, above) = (tails[2 * at], tails[2 * at + 1]);
            var inside = 1 - above - below;
            probabilities[i] = units[i] < 0.5 ? below + units[i] * inside : above + (1 - units[i]) * inside;
        }

        Normal.Quantiles(probabilities);
        for (var i = 0; i < units.Length; i++)
        {
            var at = kernels[i] * axes + axis;
            if (!double.IsNaN(mus[at]))
            {
                var z = units[i] < 0.5 ? probabilities[i] : -probabilities[i];
                units[i] = Math.Clamp(mus[at] + widths[at] * z, 0, 1);
            }
        }
    }

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

    private int Search(double target)
    {
        var found = Array.BinarySearch(_cumulative, target);
        return found < 0 ? ~found : found + 1;
    }
}
