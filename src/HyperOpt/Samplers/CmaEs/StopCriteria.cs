using System.Runtime.CompilerServices;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>When a search is over: Hansen 2016, arXiv:1604.00772, appendix B.3.</summary>
internal sealed class StopCriteria
{
    private const double TolX = 1e-12;
    private const double TolFun = 1e-12;
    private const double MaxCondition = 1e14;

    private readonly Queue<double> _recent = []; // the least loss of each generation

    /// <summary>Why a search is over; null if it goes on.</summary>
    /// <param name="axes">The space.</param>
    /// <param name="state">After an update; null if the update failed.</param>
    /// <param name="best">The least loss of its generation.</param>
    /// <param name="worst">The greatest; infinite ones, and trials that have none, make the generation count as uneven.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Look(SearchAxes axes, SearchState state, double best, double worst)
    {
        var length = 10 + (int)Math.Ceiling(30.0 * axes.Count / state.Regime.Population);
        _recent.Enqueue(best);
        while (_recent.Count > length)
        {
            _recent.Dequeue();
        }

        var (least, most) = (best, worst);
        foreach (var loss in _recent)
        {
            (least, most) = (Math.Min(least, loss), Math.Max(most, loss));
        }

        return _recent.Count == length && most - least <= TolFun ? "equal losses"
            : state.Gaussian is { } gaussian ? Look(axes, gaussian, state.Regime.Sigma)
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? Look(SearchAxes axes, Gaussian gaussian, double sigma)
    {
        if (gaussian.Shape.Condition > MaxCondition)
        {
            return "condition of the covariance";
        }

        var (isSmall, isStuck) = (!axes.HasDiscrete, false);
        for (var j = 0; j < axes.Dimensions; j++)
        {
            var deviation = gaussian.Deviation(j);
            isSmall &= deviation < TolX * sigma && Math.Abs(gaussian.Sigma * gaussian.ShapePath[j]) < TolX * sigma;
            isStuck |= !axes.IsDiscrete[j] && gaussian.Mean[j] == gaussian.Mean[j] + 0.2 * deviation;
        }

        return isSmall ? "small steps" : isStuck || HasNoEffect(gaussian, gaussian.Generation % axes.Dimensions) ? "no effect of a step" : null;
    }

    private static bool HasNoEffect(Gaussian gaussian, int index)
    {
        var step = gaussian.Shape.PrincipalStep(index);
        for (var j = 0; j < step.Length; j++)
        {
            if (gaussian.Mean[j] != gaussian.Mean[j] + 0.1 * gaussian.Sigma * gaussian.Widths[j] * step[j])
            {
                return false;
            }
        }

        return true;
    }
}
