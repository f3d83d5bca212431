using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Categories, whole numbers and ordered lists beside real axes; all always active.</summary>
internal static class MixedProblems
{
    public static IEnumerable<Problem> All =>
    [
        Categories("categories-2", [3, 5], 2),
        Categories("categories-3", [3, 5, 4], 4),
        CategoricalAckley("ackley-categories-5", 5, 1),
        Switches("switches-12", 12, 3),
        IntegerRosenbrock("rosenbrock-integers-5", 4, 1),
        Network("network-6"),
        Steps("steps-6"),
        PressureVessel.Create(),
        MixedRastrigin("rastrigin-mixed-8", 8),
    ];

    public static IEnumerable<Problem> HeldOut =>
    [
        Categories("held-categories-4", [4, 3, 6, 2], 3),
        CategoricalAckley("held-ackley-categories-4", 4, 3),
        Switches("held-switches-8", 8, 2),
        MixedRastrigin("held-rastrigin-mixed-6", 6),
        Network("held-network-6"),
    ];

    /// <summary>
    /// In the manner of Func-2C and Func-3C (Ru et al. 2020, arXiv:1906.08878): each combination of categories has a function of its own over the
    /// real axes, of another place, shape and least value.
    /// </summary>
    public static Problem Categories(string name, int[] sizes, int reals)
    {
        CategoricalParameter<int>[] choices = [.. sizes.Select((size, i) => Category($"choice{i}", size))];
        var axes = Axes.Floats(reals, -2, 2);
        Func<double[], double>[] shapes = [z => Math.Log(1 + Centred.Rosenbrock(z)), Centred.Camel, z => 2 * Centred.Sphere(z)];
        var places = Enumerable.Range(0, sizes[0]).Select(i => new Landscape($"{name}/{i}", reals, shapes[i % 3], reach: 2)).ToArray();
        var costs = sizes.Select((size, i) => Costs($"{name}/costs/{i}", size)).ToArray();
        return Problem.Of("mixed", name, Axes.Space(choices, axes), point =>
        {
            var picked = Array.ConvertAll(choices, point.Get);
            var cost = picked.Select((value, i) => costs[i][value]).Sum();
            var isAtOdds = picked.Length > 1 && costs[0][picked[0]] > 0 != costs[1][picked[1]] > 0; // one right choice alone does not pay
            return places[picked[0]].At(point.Get(axes)) + cost + (isAtOdds ? 1 : 0);
        });
    }

    /// <summary>Ackley's function with most axes on five values that come in no order, as in CoCaBO's Ackley-5C.</summary>
    public static Problem CategoricalAckley(string name, int categories, int reals)
    {
        CategoricalParameter<int>[] choices = [.. Enumerable.Range(0, categories).Select(i => Category($"choice{i}", 5))];
        var axes = Axes.Floats(reals, -1, 1);
        double[] places = [-1, -0.4, 0, 0.5, 1];
        var orders = Enumerable.Range(0, categories).Select(i => Shuffled(places, $"{name}/{i}")).ToArray();
        var landscape = new Landscape(name, reals, z => z.Sum(), reach: 1);
        return Problem.Of("mixed", name, Axes.Space(choices, axes), point =>
        {
            var z = choices.Select((choice, i) => orders[i][point.Get(choice)]).Concat(point.Get(axes).Zip(landscape.Optimum, (x, at) => x - at));
            return Centred.Ackley([.. z]);
        });
    }

    /// <summary>Switches, such as which features to use: each has a right position, and neighbours that are both wrong cost more.</summary>
    public static Problem Switches(string name, int switches, int reals)
    {
        CategoricalParameter<bool>[] flags = [.. Enumerable.Range(0, switches).Select(i => Parameter.Bool($"use{i}"))];
        var axes = Axes.Floats(reals, -2, 2);
        var random = StreamSeed.Create(0, 0, "quality/" + name);
        var right = Array.ConvertAll(flags, _ => random.NextDouble() < 0.5);
        var weight = Array.ConvertAll(flags, _ => 0.2 + random.NextDouble());
        var landscape = new Landscape(name, reals, Centred.Sphere, reach: 2);
        return Problem.Of("mixed", name, Axes.Space(flags, axes), point =>
        {
            var isWrong = flags.Select((flag, i) => point.Get(flag) != right[i]).ToArray();
            var cost = isWrong.Select((wrong, i) => wrong ? weight[i] * (i > 0 && isWrong[i - 1] ? 1.5 : 1) : 0).Sum();
            return landscape.At(point.Get(axes)) * (1 + 0.2 * cost) + cost;
        });
    }

    public static Problem IntegerRosenbrock(string name, int integers, int reals)
    {
        IntParameter[] wholes = [.. Enumerable.Range(0, integers).Select(i => Parameter.Int($"n{i}", -5, 10))];
        var axes = Axes.Floats(reals, -5, 10);
        return Problem.Of("mixed", name, Axes.Space(wholes, axes), point =>
            Centred.Rosenbrock([.. wholes.Select(whole => point.Get(whole) - 1.0), .. point.Get(axes).Select(x => x - 1)]));
    }

    /// <summary>What tuning a network is like: sizes and rates on log scales, an ordered list, a category that moves the best rate.</summary>
    public static Problem Network(string name)
    {
        var units = Parameter.Int("units", 8, 1024).Log();
        var layers = Parameter.Int("layers", 1, 8);
        var batch = Parameter.Ordinal("batch", 8, 16, 32, 64, 128, 256, 512);
        var rate = Parameter.Float("rate", 1e-5, 1).Log();
        var dropout = Parameter.Float("dropout", 0, 0.8);
        var activation = Parameter.Categorical("activation", "relu", "tanh", "gelu", "sigmoid");
        var place = new Landscape(name, 4, Centred.Sphere, reach: 1).Optimum;
        double[] worse = [0.3, 0.6, 0, 1];
        double[] shift = [0.3, -0.4, 0, -0.8];
        int best = 3 + (int)Math.Round(2 * place[3]);
        return Problem.Of("mixed", name, [units, layers, batch, rate, dropout, activation], point =>
        {
            var kind = activation.Values.IndexOf(point.Get(activation));
            var size = Math.Log2(point.Get(units) / 8.0) - (3 + Math.Round(3 * place[0]));
            var depth = point.Get(layers) - best;
            var noise = Math.Log2(point.Get(batch) / 8.0) - 3;
            var speed = Math.Log10(point.Get(rate)) + 2.5 + place[1] - shift[kind] + 0.15 * depth - 0.15 * noise;
            var drop = point.Get(dropout) - (0.35 + 0.2 * place[2]) - 0.04 * size;
            return worse[kind] + 0.06 * size * size + 0.08 * depth * depth + 0.05 * Math.Abs(noise) + 0.5 * speed * speed + 4 * drop * drop;
        }) with { Resolution = 1e-4 };
    }

    /// <summary>Grids and lists only, so that there is nothing between the values: 5.8 million configurations.</summary>
    public static Problem Steps(string name)
    {
        FloatParameter[] grids = [.. Enumerable.Range(0, 3).Select(i => Parameter.Float($"grid{i}", -3, 3).Step(0.25))];
        var scale = Parameter.Int("scale", 1, 64).Log();
        var order = Parameter.Ordinal("order", "none", "weak", "medium", "strong", "full");
        var count = Parameter.Int("count", 0, 100).Step(5);
        return Problem.Of("mixed", name, Axes.Space(grids, [scale, order, count]), point =>
        {
            var x = point.Get(grids);
            var (a, b, c) = (x[0] - 1.25, x[1] + 0.75, x[2] - 2);
            var level = order.Values.IndexOf(point.Get(order)) - 3;
            var size = Math.Log2(point.Get(scale)) - 4;
            var many = (point.Get(count) - 35) / 10.0;
            return a * a + 2 * (b + a / 2) * (b + a / 2) + c * c + 0.5 * (level - c) * (level - c) + size * size * 0.3 + 0.2 * many * many + 0.3 * Math.Abs(many * level);
        }) with { Resolution = 1e-3 };
    }

    /// <summary>A quarter of the axes each: real, whole, in steps, categories.</summary>
    public static Problem MixedRastrigin(string name, int dimensions)
    {
        var axes = Axes.Floats(dimensions - 2 * (dimensions / 4) - 1, -5, 5);
        IntParameter[] wholes = [.. Enumerable.Range(0, dimensions / 4).Select(i => Parameter.Int($"n{i}", -5, 5))];
        FloatParameter[] grids = [.. Enumerable.Range(0, dimensions / 4).Select(i => Parameter.Float($"grid{i}", -5, 5).Step(0.5))];
        var choice = Category("choice", 4);
        var landscape = new Landscape(name, axes.Length, Centred.Rastrigin);
        double[] places = Shuffled([0, 1.5, -1, 2], name);
        return Problem.Of("mixed", name, Axes.Space(axes, wholes, grids, [choice]), point =>
            landscape.At(point.Get(axes)) + Centred.Rastrigin([
                .. wholes.Select((whole, i) => point.Get(whole) - 2.0 + 4 * (i % 2)), .. point.Get(grids).Select((x, i) => x + 1.5), places[point.Get(choice)]]));
    }

    private static CategoricalParameter<int> Category(string name, int size) => Parameter.Categorical(name, Enumerable.Range(0, size).ToArray());

    // 0 for one of the values, at least 0.5 for the others.
    private static double[] Costs(string name, int size)
    {
        var random = StreamSeed.Create(0, 0, "quality/" + name);
        var free = random.Next(size);
        return [.. Enumerable.Range(0, size).Select(i => (0.5 + 2 * random.NextDouble()) * (i == free ? 0 : 1))];
    }

    private static double[] Shuffled(double[] values, string name)
    {
        var random = StreamSeed.Create(0, 0, "quality/" + name);
        var keys = Array.ConvertAll(values, _ => random.NextUInt64());
        return [.. values.Zip(keys).OrderBy(pair => pair.Second).Select(pair => pair.First)];
    }
}
