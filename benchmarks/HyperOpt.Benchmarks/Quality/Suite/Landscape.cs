using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Puts a function with its minimum at the origin elsewhere: neither at the centre nor in a corner, and turned if wanted.</summary>
internal sealed class Landscape
{
    private readonly Func<double[], double> _function;
    private readonly double[] _optimum;
    private readonly double[][]? _rotation;

    /// <param name="name">From which the place and the turn are made.</param>
    /// <param name="dimensions">How many axes.</param>
    /// <param name="function">The function.</param>
    /// <param name="isRotated">Whether to turn it.</param>
    /// <param name="reach">Each axis goes from -reach to reach; the minimum is at 15 to 70 % of it, on either side.</param>
    public Landscape(string name, int dimensions, Func<double[], double> function, bool isRotated = false, double reach = 5)
    {
        var random = StreamSeed.Create(0, dimensions, "quality/landscape/" + name);
        _function = function;
        _optimum = new double[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            _optimum[i] = reach * (0.15 + 0.55 * random.NextDouble()) * (random.NextDouble() < 0.5 ? -1 : 1);
        }

        _rotation = isRotated ? Rotation(dimensions, random) : null;
    }

    /// <summary>Where the minimum is.</summary>
    public IReadOnlyList<double> Optimum => _optimum;

    public double At(double[] x)
    {
        var moved = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            moved[i] = x[i] - _optimum[i];
        }

        return _function(_rotation is null ? moved : Array.ConvertAll(_rotation, row => row.Zip(moved, (r, m) => r * m).Sum()));
    }

    // Gram and Schmidt's method over normal deviates: uniform over all rotations.
    private static double[][] Rotation(int dimensions, Random random)
    {
        var rows = new double[dimensions][];
        for (var i = 0; i < dimensions; i++)
        {
            var row = new double[dimensions];
            for (var k = 0; k < dimensions; k++)
            {
                row[k] = Gaussian.Next(random);
            }

            for (var other = 0; other < i; other++)
            {
                var along = row.Zip(rows[other], (a, b) => a * b).Sum();
                row = [.. row.Zip(rows[other], (a, b) => a - along * b)];
            }

            var length = Math.Sqrt(row.Sum(x => x * x));
            rows[i] = Array.ConvertAll(row, x => x / length);
        }

        return rows;
    }
}
