using System.Numerics.Tensors;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Ridge regression of the class, 1 or -1, in the space of a kernel; the kernels have settings of their own.</summary>
internal sealed class KernelRidge
{
    private readonly Dictionary<string, DataSet> _data;
    private readonly CategoricalParameter<string> _scaling = Parameter.Categorical("scaling", "standard", "log", "ranks");
    private readonly CategoricalParameter<string> _kernel = Parameter.Categorical("kernel", "linear", "radial", "laplace", "polynomial");
    private readonly FloatParameter _ridge = Parameter.Float("ridge", 1e-4, 1e3).Log();
    private readonly FloatParameter _gamma;
    private readonly IntParameter _degree;
    private readonly FloatParameter _offset;

    private KernelRidge(DataSet data)
    {
        _data = new Dictionary<string, DataSet>
        {
            ["standard"] = data.Standardized(),
            ["log"] = data.Map(rows => Array.ConvertAll(rows, row => Array.ConvertAll(row, x => MathF.Log(x + 1e-3f)))).Standardized(),
            ["ranks"] = Ranked(data).Standardized(),
        };
        _gamma = Parameter.Float("gamma", 1e-5, 10).Log().When(_kernel, "radial", "laplace", "polynomial");
        _degree = Parameter.Int("degree", 2, 5).When(_kernel, "polynomial");
        _offset = Parameter.Float("offset", 0, 3).When(_kernel, "polynomial");
    }

    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new KernelRidge(data);
        return Problem.Of("real", name, [model._scaling, model._kernel, model._ridge, model._gamma, model._degree, model._offset], model.Loss, best) with { Resolution = 1e-3 };
    }

    private static DataSet Ranked(DataSet data)
    {
        var sorted = Enumerable.Range(0, data.Features).Select(i => data.Train.Select(row => row[i]).Order().ToArray()).ToArray();
        return data.Map(rows => Array.ConvertAll(rows, row => (float[])[.. row.Select((x, i) => (float)sorted[i].Count(other => other < x))]));
    }

    // The mean squared error, at most that of a constant twice over.
    private double Loss(IPoint point)
    {
        var data = _data[point.Get(_scaling)];
        var kernel = Kernel(point);
        var n = data.Train.Length;
        var matrix = new double[n][];
        for (var i = 0; i < n; i++)
        {
            matrix[i] = new double[i + 1];
            for (var k = 0; k <= i; k++)
            {
                matrix[i][k] = kernel(data.Train[i], data.Train[k]) + (i == k ? point.Get(_ridge) : 0);
            }
        }

        var solution = Solve(matrix, [.. data.TrainLabels.Select(label => 2.0 * label - 1)]);
        var sum = data.Test.Select((row, i) => Math.Pow(2.0 * data.TestLabels[i] - 1 - data.Train.Select((other, k) => solution[k] * kernel(row, other)).Sum(), 2)).Average();
        return double.IsNaN(sum) ? 2 : Math.Min(2, sum);
    }

    private Func<float[], float[], double> Kernel(IPoint point)
    {
        var kind = point.Get(_kernel);
        if (kind == "linear")
        {
            return (x, y) => TensorPrimitives.Dot<float>(x, y);
        }

        var gamma = point.Get(_gamma);
        if (kind == "polynomial")
        {
            var (degree, offset) = (point.Get(_degree), point.Get(_offset));
            return (x, y) => Math.Pow(gamma * TensorPrimitives.Dot<float>(x, y) + offset, degree);
        }

        return (x, y) =>
        {
            var distance = TensorPrimitives.Distance<float>(x, y);
            return Math.Exp(-gamma * (kind == "radial" ? distance * distance : distance));
        };
    }

    // Cholesky's factor in place of the lower triangle, then two substitutions; NaN if the matrix is not positive definite.
    private static double[] Solve(double[][] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                matrix[i][k] = (matrix[i][k] - TensorPrimitives.Dot<double>(matrix[i].AsSpan(0, k), matrix[k].AsSpan(0, k))) / matrix[k][k];
            }

            matrix[i][i] = Math.Sqrt(matrix[i][i] - TensorPrimitives.SumOfSquares<double>(matrix[i].AsSpan(0, i)));
            right[i] = (right[i] - TensorPrimitives.Dot<double>(matrix[i].AsSpan(0, i), right.AsSpan(0, i))) / matrix[i][i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            right[i] /= matrix[i][i];
            for (var k = 0; k < i; k++)
            {
                right[k] -= matrix[i][k] * right[i];
            }
        }

        return right;
    }
}
