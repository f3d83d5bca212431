using System.Numerics.Tensors;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Votes of the nearest rows: how many, by which distance, how weighted, and how features are bent before.</summary>
internal sealed class NearestNeighbours
{
    private readonly DataSet _data;
    private readonly IntParameter _count = Parameter.Int("count", 1, 64).Log();
    private readonly CategoricalParameter<string> _metric = Parameter.Categorical("metric", "euclid", "manhattan", "cosine", "largest");
    private readonly CategoricalParameter<string> _weights = Parameter.Categorical("weights", "alike", "inverse", "bell");
    private readonly FloatParameter _sharpness = Parameter.Float("sharpness", 0.1, 20).Log();
    private readonly FloatParameter _bend = Parameter.Float("bend", 0.2, 3);
    private readonly FloatParameter _prior = Parameter.Float("prior", 1e-4, 10).Log();

    private NearestNeighbours(DataSet data) => _data = data;

    /// <param name="name">The problem's name.</param>
    /// <param name="data">Features from about -3 to 3.</param>
    /// <param name="best">The least loss that is known.</param>
    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new NearestNeighbours(data);
        return Problem.Of("real", name, [model._count, model._metric, model._weights, model._sharpness, model._bend, model._prior], model.Loss, best) with { Resolution = 1e-3 };
    }

    private double Loss(IPoint point)
    {
        var bend = (float)point.Get(_bend);
        var data = _data.Map(rows => Array.ConvertAll(rows, row => Array.ConvertAll(row, x => MathF.CopySign(MathF.Pow(MathF.Abs(x), bend), x))));
        var (metric, weights) = (point.Get(_metric), point.Get(_weights));
        var (count, sharpness, prior) = (point.Get(_count), point.Get(_sharpness), point.Get(_prior));
        var (distances, indexes, votes, difference) = (new float[data.Train.Length], new int[data.Train.Length], new double[data.Classes], new float[data.Features]);
        var sum = 0.0;
        for (var i = 0; i < data.Test.Length; i++)
        {
            for (var k = 0; k < distances.Length; k++)
            {
                (distances[k], indexes[k]) = (Distance(metric, data.Test[i], data.Train[k], difference), k);
            }

            Array.Sort(distances, indexes);
            Array.Fill(votes, prior / data.Classes);
            for (var k = 0; k < count; k++)
            {
                var near = distances[k] / (distances[count - 1] + 1e-6); // from 0 to 1
                votes[data.TrainLabels[indexes[k]]] += weights switch { "alike" => 1, "inverse" => 1 / (near + 1 / sharpness), _ => Math.Exp(-sharpness * near * near) };
            }

            sum += LogLoss.Of(votes[data.TestLabels[i]] / votes.Sum());
        }

        return sum / data.Test.Length;
    }

    private static float Distance(string metric, float[] one, float[] other, float[] difference)
    {
        if (metric == "cosine")
        {
            var similarity = TensorPrimitives.CosineSimilarity<float>(one, other);
            return float.IsNaN(similarity) ? 1 : Math.Max(0, 1 - similarity);
        }

        TensorPrimitives.Subtract(one, other, difference);
        return metric switch
        {
            "euclid" => TensorPrimitives.Norm<float>(difference),
            "manhattan" => TensorPrimitives.SumOfMagnitudes<float>(difference),
            _ => Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)),
        };
    }
}
