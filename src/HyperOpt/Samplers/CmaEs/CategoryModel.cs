using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// For each categorical axis a distribution over its values, which follows the natural gradient of the selection at a pace that adapts to how steady it is
/// (ASNG: Akimoto et al. 2019, arXiv:1905.08537), and from which no value disappears (margin: Hamano et al. 2025, arXiv:2504.07884). Immutable.
/// </summary>
internal sealed class CategoryModel
{
    /// <summary>With this chance, a trial has the likeliest value on all finite axes once the search has settled: Hamano et al. 2025, section 4.2.</summary>
    public const double Settled = 0.73;

    private const double SignalToNoise = 1.5; // α of ASNG

    private readonly double[][] _chances;
    private readonly double[] _path;
    private readonly double _length; // γ: the expected squared length of the path
    private readonly double _caution; // Δ

    private CategoryModel(double[][] chances, double[] path, double length, double caution) =>
        (_chances, _path, _length, _caution) = (chances, path, length, caution);

    /// <summary>All values alike.</summary>
    public static CategoryModel Uniform(SearchAxes axes) => Of(axes.Categories.Select(count => Enumerable.Repeat(1.0 / count, count).ToArray()));

    /// <summary>Given chances, which add up to 1 on each axis.</summary>
    public static CategoryModel Of(IEnumerable<double[]> chances)
    {
        double[][] given = [.. chances];
        return new CategoryModel(given, new double[given.Sum(axis => axis.Length - 1)], 0, 1);
    }

    /// <summary>The chances of the values of an axis.</summary>
    public ReadOnlySpan<double> Chances(int index) => _chances[index];

    /// <summary>The value at which a uniform number stands.</summary>
    /// <param name="index">The categorical axis.</param>
    /// <param name="uniform">In [0, 1).</param>
    /// <param name="blur">How much of the chances is shared out evenly, from 0 to 1.</param>
    public int ValueAt(int index, double uniform, double blur)
    {
        var chances = _chances[index];
        for (var value = 0; value < chances.Length - 1; value++)
        {
            uniform -= (1 - blur) * chances[value] + blur / chances.Length;
            if (uniform < 0)
            {
                return value;
            }
        }

        return chances.Length - 1;
    }

    /// <summary>The distributions after a generation. A trial in which an axis was inactive says nothing of it.</summary>
    public CategoryModel Update(SearchAxes axes, IReadOnlyList<Observation> trials, Selection selection)
    {
        if (_chances.Length == 0)
        {
            return this;
        }

        var gradients = Gradients(axes, trials, selection);
        var natural = InUnitsOfNoise(gradients);
        var length = Math.Sqrt(natural.Sum(part => part * part));
        if (length == 0)
        {
            return this;
        }

        var pace = 1 / _caution;
        var chances = new double[_chances.Length][];
        for (var index = 0; index < chances.Length; index++)
        {
            chances[index] = [.. _chances[index].Zip(gradients[index], (chance, gradient) => chance + pace / length * gradient)];
            KeepAll(chances[index], (1 - Math.Pow(Settled, 1.0 / axes.Finite)) / (chances[index].Length - 1));
        }

        var rate = Math.Min(1, pace / Math.Sqrt(natural.Length));
        double[] path = [.. _path.Zip(natural, (old, part) => (1 - rate) * old + Math.Sqrt(rate * (2 - rate)) * part / length)];
        var expected = (1 - rate) * (1 - rate) * _length + rate * (2 - rate);
        var caution = _caution * Math.Exp(rate * (expected - path.Sum(part => part * part) / SignalToNoise));
        return new CategoryModel(chances, path, expected, Math.Max(1, caution));
    }

    private double[][] Gradients(SearchAxes axes, IReadOnlyList<Observation> trials, Selection selection)
    {
        var gradients = new double[_chances.Length][];
        for (var index = 0; index < gradients.Length; index++)
        {
            var gradient = gradients[index] = new double[_chances[index].Length];
            for (var i = 0; i < trials.Count; i++)
            {
                if (axes.CategoryOf(trials[i], index) is >= 0 and var value)
                {
                    for (var other = 0; other < gradient.Length; other++)
                    {
                        gradient[other] += selection.Recombination[i] * ((other == value ? 1 : 0) - _chances[index][other]);
                    }
                }
            }
        }

        return gradients;
    }

    // The root of Fisher's information times the gradient, without each axis' last value, which follows from the others.
    private double[] InUnitsOfNoise(double[][] gradients)
    {
        var all = new List<double>(_path.Length);
        for (var index = 0; index < gradients.Length; index++)
        {
            var gradient = gradients[index].AsSpan()[..^1];
            var chances = _chances[index];
            var sum = 0.0;
            foreach (var part in gradient)
            {
                sum += part;
            }

            for (var value = 0; value < gradient.Length; value++)
            {
                all.Add(gradient[value] / Math.Sqrt(chances[value]) + Math.Sqrt(chances[value]) * sum / (chances[^1] + Math.Sqrt(chances[^1])));
            }
        }

        return [.. all];
    }

    // Raises what is below the least to it, and takes that from what is above.
    private static void KeepAll(double[] chances, double least)
    {
        least = Math.Min(least, 1.0 / chances.Length);
        for (var value = 0; value < chances.Length; value++)
        {
            chances[value] = Math.Max(chances[value], least);
        }

        var (sum, count) = (chances.Sum(), chances.Length);
        var spare = sum - least * count;
        for (var value = 0; value < count && spare > 0; value++)
        {
            chances[value] = least + (chances[value] - least) * (1 - least * count) / spare;
        }
    }
}
