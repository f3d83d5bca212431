namespace HyperOpt.Numerics;

/// <summary>
/// Finds a local minimum in a box: limited-memory BFGS on the variables that are not held at a bound, with steps projected on to the box. Deterministic.
/// </summary>
/// <remarks>Sources: Liu and Nocedal 1989, 10.1007/BF01589116; projected steps after Bertsekas 1982, 10.1137/0320018.</remarks>
internal sealed class BoundedLbfgs(double[] lower, double[] upper)
{
    private const int Memory = 8;
    private const double SufficientDecrease = 1e-4;
    private const int MaxBacktracks = 20;

    private readonly int _size = lower.Length;
    private readonly List<(double[] S, double[] Y, double Rho)> _pairs = [];

    /// <summary>The value at a point, infinite where it is not defined; writes the gradient.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>How many times the function may be evaluated. Default 100.</summary>
    public int MaxEvaluations { get; init; } = 100;

    /// <summary>It ends where no component of the projected gradient is larger. Default 1e-6.</summary>
    public double GradientTolerance { get; init; } = 1e-6;

    /// <summary>It ends when a step wins less than this, relative to the value (but at least 1). Default 1e-10.</summary>
    public double ValueTolerance { get; init; } = 1e-10;

    /// <summary>How far the first step goes at most along any variable. Default 0.1.</summary>
    public double FirstStep { get; init; } = 0.1;

    /// <summary>The best point found, never worse than the start, and its value.</summary>
    public (double[] Point, double Value) Minimize(Function function, ReadOnlySpan<double> start)
    {
        _pairs.Clear();
        var x = Project(start);
        var gradient = new double[_size];
        var value = function(x, gradient);
        var (next, nextGradient, direction) = (new double[_size], new double[_size], new double[_size]);
        for (var evaluations = 1; evaluations < MaxEvaluations && double.IsFinite(value) && ProjectedNorm(x, gradient) > GradientTolerance;)
        {
            Descend(x, gradient, direction);
            var nextValue = double.PositiveInfinity;
            var step = 1.0;
            for (var backtrack = 0; backtrack < MaxBacktracks && evaluations < MaxEvaluations; backtrack++)
            {
                var slope = Move(x, direction, step, gradient, next);
                nextValue = function(next, nextGradient);
                evaluations++;
                if (nextValue <= value + SufficientDecrease * slope)
                {
                    break;
                }

                step *= Shrink(value, slope, nextValue);
                nextValue = double.PositiveInfinity;
            }

            if (!(nextValue < value))
            {
                if (_pairs.Count == 0)
                {
                    break;
                }

                _pairs.Clear(); // along the gradient once more
                continue;
            }

            Remember(x, gradient, next, nextGradient);
            var won = value - nextValue;
            (x, next, gradient, nextGradient, value) = (next, x, nextGradient, gradient, nextValue);
            if (won <= ValueTolerance * Math.Max(1, Math.Abs(value)))
            {
                break;
            }
        }

        return (x, value);
    }

    private double[] Project(ReadOnlySpan<double> point)
    {
        var projected = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            projected[i] = Math.Clamp(point[i], lower[i], upper[i]);
        }

        return projected;
    }

    private bool IsHeld(int i, double[] x, double[] gradient) => (x[i] <= lower[i] && gradient[i] > 0) || (x[i] >= upper[i] && gradient[i] < 0);

    private double ProjectedNorm(double[] x, double[] gradient)
    {
        var norm = 0.0;
        for (var i = 0; i < _size; i++)
        {
            norm = Math.Max(norm, Math.Abs(Math.Clamp(x[i] - gradient[i], lower[i], upper[i]) - x[i]));
        }

        return norm;
    }

    // The two loops, on the free variables.
    private void Descend(double[] x, double[] gradient, double[] direction)
    {
        for (var i = 0; i < _size; i++)
        {
            direction[i] = IsHeld(i, x, gradient) ? 0 : -gradient[i];
        }

        if (_pairs.Count == 0)
        {
            var largest = direction.Max(Math.Abs);
            Scale(direction, largest > FirstStep ? FirstStep / largest : 1);
            return;
        }

        Span<double> alpha = stackalloc double[Memory];
        for (var k = _pairs.Count - 1; k >= 0; k--)
        {
            var (s, y, rho) = _pairs[k];
            alpha[k] = rho * Dot(s, direction);
            Add(direction, -alpha[k], y);
        }

        var (_, lastY, lastRho) = _pairs[^1];
        Scale(direction, 1 / (lastRho * Dot(lastY, lastY)));
        for (var k = 0; k < _pairs.Count; k++)
        {
            var (s, y, rho) = _pairs[k];
            Add(direction, alpha[k] - rho * Dot(y, direction), s);
        }

        for (var i = 0; i < _size; i++)
        {
            direction[i] = IsHeld(i, x, gradient) ? 0 : direction[i];
        }

        if (!(Dot(direction, gradient) < 0))
        {
            _pairs.Clear();
            Descend(x, gradient, direction);
        }
    }

    // Writes the projected point, and gives the slope along the way to it.
    private double Move(double[] x, double[] direction, double step, double[] gradient, double[] next)
    {
        var slope = 0.0;
        for (var i = 0; i < _size; i++)
        {
            next[i] = Math.Clamp(x[i] + step * direction[i], lower[i], upper[i]);
            slope += gradient[i] * (next[i] - x[i]);
        }

        return slope;
    }

    // To the minimum of the parabola through what is known, within reason.
    private static double Shrink(double value, double slope, double nextValue)
    {
        var curvature = nextValue - value - slope;
        return double.IsFinite(curvature) && curvature > 0 ? Math.Clamp(-slope / (2 * curvature), 0.1, 0.5) : 0.1;
    }

    private void Remember(double[] x, double[] gradient, double[] next, double[] nextGradient)
    {
        var (s, y) = (new double[_size], new double[_size]);
        for (var i = 0; i < _size; i++)
        {
            (s[i], y[i]) = (next[i] - x[i], nextGradient[i] - gradient[i]);
        }

        var curvature = Dot(s, y);
        if (curvature > 1e-10 * Math.Sqrt(Dot(s, s) * Dot(y, y)))
        {
            if (_pairs.Count == Memory)
            {
                _pairs.RemoveAt(0);
            }

            _pairs.Add((s, y, 1 / curvature));
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(double[] to, double factor, double[] what)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }

    private static void Scale(double[] what, double factor)
    {
        for (var i = 0; i < what.Length; i++)
        {
            what[i] *= factor;
        }
    }
}
