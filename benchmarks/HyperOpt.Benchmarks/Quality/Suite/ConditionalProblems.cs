using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>Trees: which parameters there are depends on the values of others.</summary>
internal static class ConditionalProblems
{
    public static IEnumerable<Problem> All => [Jenatton(), Algorithms("algorithms", 4), Layers("layers", 6), Optimizers("optimizers"), Tree("tree-3", 3), Kernels(), RareBranch("rare-branch", 6)];

    public static IEnumerable<Problem> HeldOut => [Algorithms("held-algorithms", 6), Layers("held-layers", 4), Optimizers("held-optimizers"), Tree("held-tree-2", 2), RareBranch("held-rare-branch", 4)];

    /// <summary>Jenatton et al. 2017, PMLR 70: a tree of depth two with a parameter that leaves share.</summary>
    public static Problem Jenatton()
    {
        var x1 = Parameter.Categorical("x1", 0, 1);
        var x2 = Parameter.Categorical("x2", 0, 1).When(x1, 0);
        var x3 = Parameter.Categorical("x3", 0, 1).When(x1, 1);
        var x4 = Parameter.Float("x4", -1, 1).When(x2, 0);
        var x5 = Parameter.Float("x5", -1, 1).When(x2, 1);
        var x6 = Parameter.Float("x6", -1, 1).When(x3, 0);
        var x7 = Parameter.Float("x7", -1, 1).When(x3, 1);
        var r8 = Parameter.Float("r8", 0, 1).When(x1, 0);
        var r9 = Parameter.Float("r9", 0, 1).When(x1, 1);
        return Problem.Of("conditional", "jenatton", [x1, x2, x3, x4, x5, x6, x7, r8, r9], point => point.Get(x1) == 0
            ? point.Get(r8) + (point.Get(x2) == 0 ? Square(point.Get(x4)) + 0.1 : Square(point.Get(x5)) + 0.2)
            : point.Get(r9) + (point.Get(x3) == 0 ? Square(point.Get(x6)) + 0.3 : Square(point.Get(x7)) + 0.4), best: 0.1) with { Resolution = 1e-4 };
    }

    /// <summary>A choice of algorithm, each with two to four parameters of its own, and one that all share.</summary>
    public static Problem Algorithms(string name, int count)
    {
        string[] names = ["forest", "boosting", "network", "kernel", "neighbours", "linear"];
        var algorithm = Parameter.Categorical("algorithm", names[..count]);
        var share = Parameter.Float("share", 0.1, 1);
        double[] floors = [0.25, 0, 0.1, 0.4, 0.6, 0.8];
        var own = names[..count].Select((which, i) => Axes.Floats(2 + i % 3, -5, 5, which + "_")).ToArray();
        Func<double[], double>[] shapes = [Centred.Sphere, Centred.Rastrigin, Centred.Rosenbrock, Centred.Ellipsoid];
        var landscapes = own.Select((axes, i) => new Landscape($"{name}/{i}", axes.Length, shapes[i % 4])).ToArray();
        own = [.. own.Select((axes, i) => Array.ConvertAll(axes, axis => axis.When(algorithm, names[i])))];
        return Problem.Of("conditional", name, Axes.Space([algorithm, share], own.SelectMany(axes => axes)), point =>
        {
            var i = Array.IndexOf(names, point.Get(algorithm));
            return floors[i] + Math.Log(1 + landscapes[i].At(point.Get(own[i]))) / 10 + 2 * Square(point.Get(share) - 0.6);
        }) with { Resolution = 1e-4 };
    }

    /// <summary>A network whose layers have parameters of their own: the deeper, the more there are.</summary>
    public static Problem Layers(string name, int most)
    {
        var depth = Parameter.Int("depth", 1, most);
        var rate = Parameter.Float("rate", 1e-5, 1).Log();
        var units = new IntParameter[most];
        var dropout = new FloatParameter[most];
        for (var i = 0; i < most; i++)
        {
            int[] deep = [.. Enumerable.Range(i + 1, most - i)];
            units[i] = Parameter.Int($"units{i}", 4, 256).Log();
            dropout[i] = Parameter.Float($"dropout{i}", 0, 0.8);
            (units[i], dropout[i]) = i == 0 ? (units[i], dropout[i]) : (units[i].When(depth, deep), dropout[i].When(depth, deep));
        }

        var place = new Landscape(name, most + 1, Centred.Sphere, reach: 1).Optimum;
        var right = most / 2 + 1;
        return Problem.Of("conditional", name, Axes.Space([depth, rate], units, dropout), point =>
        {
            var layers = point.Get(depth);
            var loss = 0.15 * Square(layers - right) + 0.3 * Square(Math.Log10(point.Get(rate)) + 2.5 + place[most] + 0.2 * (layers - right));
            var width = 0.0;
            for (var i = 0; i < layers; i++)
            {
                var size = Math.Log2(point.Get(units[i])) - (5 - (i % 2)); // 32, 16, 32, ...
                width += (0.1 * size * size + 3 * Square(point.Get(dropout[i]) - 0.3 - 0.2 * place[i])) / Math.Sqrt(layers);
            }

            return loss + width;
        }) with { Resolution = 1e-4 };
    }

    /// <summary>Optimizers and schedules, each with its own parameters; the best common rate depends on both.</summary>
    public static Problem Optimizers(string name)
    {
        var optimizer = Parameter.Categorical("optimizer", "sgd", "momentum", "adam", "rmsprop");
        var schedule = Parameter.Categorical("schedule", "constant", "steps", "cosine");
        var rate = Parameter.Float("rate", 1e-6, 10).Log();
        var decay = Parameter.Float("decay", 1e-8, 1e-1).Log();
        var momentum = Parameter.Float("momentum", 0, 0.99).When(optimizer, "momentum");
        var nesterov = Parameter.Bool("nesterov").When(optimizer, "momentum");
        var beta = Parameter.Float("beta", 1e-4, 0.5).Log().When(optimizer, "adam", "rmsprop");
        var epsilon = Parameter.Float("epsilon", 1e-10, 1e-2).Log().When(optimizer, "adam");
        var every = Parameter.Int("every", 1, 30).When(schedule, "steps");
        var factor = Parameter.Float("factor", 0.05, 0.95).When(schedule, "steps");
        var warmup = Parameter.Int("warmup", 0, 20).When(schedule, "cosine");
        var place = new Landscape(name, 6, Centred.Sphere, reach: 1).Optimum;
        return Problem.Of("conditional", name, [optimizer, schedule, rate, decay, momentum, nesterov, beta, epsilon, every, factor, warmup], point =>
        {
            var (kind, plan) = (point.Get(optimizer), point.Get(schedule));
            var (worse, bestRate, own) = kind switch
            {
                "sgd" => (0.5, 0.0, 0.0),
                "momentum" => (0.1, -1.0, (point.Get(nesterov) ? 0 : 0.05) + 4 * Square(point.Get(momentum) - 0.8 - 0.1 * place[0])),
                "adam" => (0.0, -3.0, 0.1 * Square(Math.Log10(point.Get(beta)) + 2 + place[1]) + 0.01 * Square(Math.Log10(point.Get(epsilon)) + 6 + 2 * place[2])),
                _ => (0.2, -3.5, 0.1 * Square(Math.Log10(point.Get(beta)) + 1.5)),
            };
            var planned = plan switch
            {
                "constant" => 0.3,
                "steps" => 0.1 + Square((point.Get(every) - 12) / 15.0) + Square(point.Get(factor) - 0.4),
                _ => Square((point.Get(warmup) - 6) / 15.0),
            };
            bestRate += place[3] + (plan == "cosine" ? 0.5 : 0);
            return worse + own + planned + 0.2 * Square(Math.Log10(point.Get(rate)) - bestRate) + 0.02 * Square(Math.Log10(point.Get(decay)) + 4 + 2 * place[4]);
        }) with { Resolution = 1e-4 };
    }

    /// <summary>A binary tree; each inner node has a real parameter that matters to all below it, each leaf two of its own.</summary>
    public static Problem Tree(string name, int depth)
    {
        var (splits, reals, leaves) = (new Dictionary<string, CategoricalParameter<int>>(), new Dictionary<string, FloatParameter>(), new Dictionary<string, FloatParameter[]>());
        var parameters = new List<Parameter>();
        Grow("", null);
        var place = new Landscape(name, 2 << depth, Centred.Sphere, reach: 1).Optimum;
        return Problem.Of("conditional", name, [.. parameters], point =>
        {
            var (loss, path, index) = (0.0, "", 0);
            while (path.Length < depth)
            {
                var goesRight = point.Get(splits[path]) == 1;
                loss += Square(point.Get(reals[path]) - place[index]) + (goesRight == place[index] > 0 ? 0 : 0.4 / (path.Length + 1));
                (path, index) = (path + (goesRight ? '1' : '0'), 2 * index + (goesRight ? 2 : 1));
            }

            var (own, other) = (point.Get(leaves[path][0]) - place[index], point.Get(leaves[path][1]) + place[index]);
            return loss + Square(own) + 3 * Square(other - own);
        }) with { Resolution = 1e-4 };

        void Grow(string path, (CategoricalParameter<int> Split, int Side)? above)
        {
            T Below<T>(T parameter)
                where T : Parameter => above is { } parent ? parameter.When(parent.Split, parent.Side) : parameter;

            if (path.Length == depth)
            {
                leaves[path] = [Below(Parameter.Float($"own{path}", -1, 1)), Below(Parameter.Float($"other{path}", -1, 1))];
                parameters.AddRange(leaves[path]);
                return;
            }

            (splits[path], reals[path]) = (Below(Parameter.Categorical($"split{path}", 0, 1)), Below(Parameter.Float($"real{path}", -1, 1)));
            parameters.AddRange([splits[path], reals[path]]);
            Grow(path + '0', (splits[path], 0));
            Grow(path + '1', (splits[path], 1));
        }
    }

    /// <summary>A kernel machine: the cost is common, the kernels have their own settings, and a pipeline before it has some too.</summary>
    public static Problem Kernels()
    {
        var scaling = Parameter.Categorical("scaling", "none", "standard", "components");
        var kept = Parameter.Int("kept", 2, 64).Log().When(scaling, "components");
        var kernel = Parameter.Categorical("kernel", "linear", "radial", "polynomial");
        var cost = Parameter.Float("cost", 1e-3, 1e4).Log();
        var gamma = Parameter.Float("gamma", 1e-5, 10).Log().When(kernel, "radial", "polynomial");
        var degree = Parameter.Int("degree", 2, 5).When(kernel, "polynomial");
        var offset = Parameter.Float("offset", 0, 2).When(kernel, "polynomial");
        return Problem.Of("conditional", "kernels", [scaling, kept, kernel, cost, gamma, degree, offset], point =>
        {
            var (before, move) = point.Get(scaling) switch
            {
                "none" => (0.35, -1.5),
                "standard" => (0.05, 0.0),
                _ => (0.08 * Square(Math.Log2(point.Get(kept)) - 4), 0.5),
            };
            var strength = Math.Log10(point.Get(cost));
            return before + point.Get(kernel) switch
            {
                "linear" => 0.3 + 0.05 * Square(strength + 1),
                "radial" => Valley(strength - 1.2, Math.Log10(point.Get(gamma)) + 2 - move),
                _ => 0.1 + Valley(strength, Math.Log10(point.Get(gamma)) + 1 - move) + 0.05 * Math.Abs(point.Get(degree) - 3) + 0.05 * Square(point.Get(offset) - 1),
            };
        }) with { Resolution = 1e-4 };

        static double Valley(double strength, double width) => 0.15 * Square(strength + width) + 0.02 * Square(strength - width);
    }

    /// <summary>The best branch looks the worst at first: its well is narrow, and random points in it are poor.</summary>
    public static Problem RareBranch(string name, int branches)
    {
        string[] names = [.. Enumerable.Range(0, branches).Select(i => $"way{i}")];
        var way = Parameter.Categorical("way", names);
        var axes = names.Select((branch, i) => Array.ConvertAll(Axes.Floats(2, -5, 5, branch + "_"), axis => axis.When(way, branch))).ToArray();
        var landscapes = names.Select((branch, i) => new Landscape($"{name}/{i}", 2, Centred.Sphere)).ToArray();
        return Problem.Of("conditional", name, Axes.Space([way], axes.SelectMany(pair => pair)), point =>
        {
            var i = Array.IndexOf(names, point.Get(way));
            var distance = landscapes[i].At(point.Get(axes[i]));
            return i == branches - 2 ? 1.5 * (1 - Math.Exp(-distance / 3)) : 0.5 + 0.1 * i + distance / 40;
        }) with { Resolution = 1e-4 };
    }

    private static double Square(double x) => x * x;
}
