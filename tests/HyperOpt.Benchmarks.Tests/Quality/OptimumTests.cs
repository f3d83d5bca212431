using HyperOpt.Benchmarks.Quality;
using HyperOpt.Benchmarks.Quality.Suite;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

/// <summary>That what is called the least loss is: a search that knows no mercy comes near it, and nothing is below.</summary>
public sealed class OptimumTests
{
    private const int Starts = 8;
    private const int Sweeps = 60;

    public static TheoryData<string> Separable =>
    [
        .. ProblemSuite.Public.Concat(ProblemSuite.HeldOut)
            .Where(problem => problem.Objectives == 1 && problem.Family is "mixed" or "conditional" && problem.Name is not ("pressure-vessel-4" or "rosenbrock-integers-5") && !IsOfCategories(problem))
            .Select(problem => problem.Name),
    ];

    [Theory]
    [MemberData(nameof(Separable))]
    public void TheLeastLossIsReachedAndNotPassed(string name)
    {
        var problem = ProblemSuite.Public.Concat(ProblemSuite.HeldOut).Single(candidate => candidate.Name == name);
        var found = double.PositiveInfinity;
        foreach (var start in RandomPoints(problem).Take(2_000).OrderBy(point => Loss(problem, point)).Take(Starts))
        {
            found = Math.Min(found, Descend(problem, start));
            if (found < problem.Best + 1e-4)
            {
                break;
            }
        }

        Assert.InRange(found, problem.Best - 1e-9, problem.Best + 1e-3);
    }

    public static TheoryData<string> OfCategories =>
        [.. ProblemSuite.Public.Concat(ProblemSuite.HeldOut).Where(problem => problem.Family == "mixed" && IsOfCategories(problem)).Select(problem => problem.Name)];

    [Theory]
    [MemberData(nameof(OfCategories))]
    public void OneCombinationOfCategoriesIsTheBestAtItsOwnPlace(string name)
    {
        var problem = ProblemSuite.Public.Concat(ProblemSuite.HeldOut).Single(candidate => candidate.Name == name);
        var reals = problem.Space.Count(parameter => parameter is FloatParameter);
        var sizes = problem.Space.Where(parameter => parameter.Cardinality is not null).Select(parameter => (int)parameter.Cardinality!).ToArray();
        var losses = new List<double>();
        for (var combination = 0; combination < sizes.Aggregate(1, (product, size) => product * size); combination++)
        {
            var (rest, point) = (combination, new double[problem.Space.Count]);
            for (var i = 0; i < sizes.Length; i++)
            {
                (point[i], rest) = ((rest % sizes[i] + 0.5) / sizes[i], rest / sizes[i]);
            }

            var place = new Landscape($"{name}/{combination % sizes[0]}", reals, Centred.Sphere, reach: 2).Optimum;
            for (var i = 0; i < reals; i++)
            {
                point[sizes.Length + i] = ((FloatParameter)problem.Space[sizes.Length + i]).ToUnit(place[i]);
            }

            losses.Add(Loss(problem, point));
        }

        losses.Sort();
        Assert.InRange(losses[0], 0, 1e-12);
        Assert.True(losses[1] > 0.4);
    }

    [Fact]
    public void IntegersAtOneAreTheMinimumOfRosenbrocksFunction()
    {
        var problem = ProblemSuite.Public.Single(candidate => candidate.Name == "rosenbrock-integers-5");
        Assert.Equal(0, Loss(problem, [.. problem.Space.Select(parameter => parameter switch
        {
            IntParameter whole => whole.ToUnit(1),
            FloatParameter real => real.ToUnit(1),
            _ => throw new NotSupportedException(parameter.ToString()),
        })]), 12);
    }

    private static bool IsOfCategories(Problem problem) => problem.Name.Contains("categories", StringComparison.Ordinal) && !problem.Name.Contains("ackley", StringComparison.Ordinal);

    // On every axis in turn: all values of a finite one; of a continuum a grid, and finer ones around the best.
    private static double Descend(Problem problem, double[] point)
    {
        var best = Loss(problem, point);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var before = best;
            for (var axis = 0; axis < point.Length; axis++)
            {
                best = Improve(problem, point, axis, best);
            }

            if (best > before - 1e-12)
            {
                break;
            }
        }

        return best;
    }

    private static double Improve(Problem problem, double[] point, int axis, double best)
    {
        var steps = (int)(problem.Space[axis].Cardinality ?? 200);
        for (var width = 1.0; width > (problem.Space[axis].Cardinality is null ? 1e-9 : 0.9); width /= 20)
        {
            var centre = point[axis];
            for (var step = 0; step < steps; step++)
            {
                var old = point[axis];
                var at = width == 1 ? (step + 0.5) / steps : centre + width * (2 * (step + 0.5) / steps - 1);
                point[axis] = Math.Clamp(at, 0, 1);
                var loss = Loss(problem, point);
                (best, point[axis]) = loss < best ? (loss, point[axis]) : (best, old);
            }
        }

        return best;
    }

    private static IEnumerable<double[]> RandomPoints(Problem problem)
    {
        var state = 12345u; // a linear congruential generator is enough here: Numerical Recipes, 3rd edition, 7.1.4
        while (true)
        {
            var point = new double[problem.Space.Count];
            for (var axis = 0; axis < point.Length; axis++)
            {
                state = unchecked(1664525 * state + 1013904223);
                point[axis] = (state >> 8) / (double)(1 << 24);
            }

            yield return point;
        }
    }

    private static double Loss(Problem problem, double[] point) => problem.Losses(CodePoint.At(problem.Space, point))[0];
}
