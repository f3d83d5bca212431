using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Gradient boosting of stumps over binned features, by first and second derivatives of the log-loss.</summary>
internal sealed class BoostedStumps
{
    private const int MostBins = 32;

    private readonly DataSet _data;
    private readonly IntParameter _rounds = Parameter.Int("rounds", 4, 128).Log();
    private readonly FloatParameter _shrinkage = Parameter.Float("shrinkage", 0.01, 2).Log();
    private readonly FloatParameter _rows = Parameter.Float("rows", 0.2, 1);
    private readonly FloatParameter _features = Parameter.Float("features", 0.05, 1);
    private readonly FloatParameter _penalty = Parameter.Float("penalty", 1e-3, 100).Log();
    private readonly IntParameter _bins = Parameter.Int("bins", 2, MostBins).Log();
    private readonly FloatParameter _weight = Parameter.Float("least_weight", 0, 10);

    private BoostedStumps(DataSet data) => _data = data;

    public static Problem Create(string name, DataSet data, double best)
    {
        var model = new BoostedStumps(data);
        return Problem.Of("real", name, [model._rounds, model._shrinkage, model._rows, model._features, model._penalty, model._bins, model._weight], model.Loss, best)
            with { Resolution = 1e-3 };
    }

    private double Loss(IPoint point)
    {
        var random = StreamSeed.Create(0, 0, "quality/boosting");
        var (train, test) = Binned(point.Get(_bins));
        var (scores, judged) = (new double[train.Length], new double[test.Length]);
        var (slopes, curvatures) = (new double[train.Length], new double[train.Length]);
        for (var round = point.Get(_rounds); round > 0; round--)
        {
            for (var i = 0; i < train.Length; i++)
            {
                var probability = Sigmoid(scores[i]);
                var isIn = random.NextDouble() < point.Get(_rows);
                (slopes[i], curvatures[i]) = isIn ? (probability - _data.TrainLabels[i], probability * (1 - probability)) : (0, 0);
            }

            var stump = Stump.Fit(train, slopes, curvatures, point.Get(_penalty), point.Get(_weight), point.Get(_features), random);
            stump.AddTo(scores, train, point.Get(_shrinkage));
            stump.AddTo(judged, test, point.Get(_shrinkage));
        }

        return judged.Select((score, i) => LogLoss.Of(_data.TestLabels[i] == 1 ? Sigmoid(score) : 1 - Sigmoid(score))).Average();
    }

    // Which of the bins, of as many training rows each, a value falls into.
    private (byte[][] Train, byte[][] Test) Binned(int bins)
    {
        var edges = Enumerable.Range(0, _data.Features).Select(feature =>
        {
            float[] sorted = [.. _data.Train.Select(row => row[feature]).Order()];
            return Enumerable.Range(1, bins - 1).Select(bin => sorted[bin * sorted.Length / bins]).ToArray();
        }).ToArray();
        return (Array.ConvertAll(_data.Train, Bin), Array.ConvertAll(_data.Test, Bin));

        byte[] Bin(float[] row) => [.. row.Select((x, feature) =>
        {
            var at = Array.BinarySearch(edges[feature], x);
            return (byte)(at < 0 ? ~at : at + 1);
        })];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed record Stump(int Feature, int Split, double Left, double Right)
    {
        public static Stump Fit(byte[][] rows, double[] slopes, double[] curvatures, double penalty, double leastWeight, double share, Random random)
        {
            var (best, stump) = (0.0, new Stump(0, 0, 0, 0));
            Span<double> slope = stackalloc double[MostBins];
            Span<double> curvature = stackalloc double[MostBins];
            for (var feature = 0; feature < rows[0].Length; feature++)
            {
                if (random.NextDouble() >= share)
                {
                    continue;
                }

                slope.Clear();
                curvature.Clear();
                for (var i = 0; i < rows.Length; i++)
                {
                    slope[rows[i][feature]] += slopes[i];
                    curvature[rows[i][feature]] += curvatures[i];
                }

                var (allSlope, allCurvature, leftSlope, leftCurvature) = (System.Numerics.Tensors.TensorPrimitives.Sum<double>(slope), System.Numerics.Tensors.TensorPrimitives.Sum<double>(curvature), 0.0, 0.0);
                for (var split = 0; split < MostBins - 1; split++)
                {
                    leftSlope += slope[split];
                    leftCurvature += curvature[split];
                    var (rightSlope, rightCurvature) = (allSlope - leftSlope, allCurvature - leftCurvature);
                    var gain = leftSlope * leftSlope / (leftCurvature + penalty) + rightSlope * rightSlope / (rightCurvature + penalty);
                    if (gain > best && leftCurvature >= leastWeight && rightCurvature >= leastWeight)
                    {
                        (best, stump) = (gain, new Stump(feature, split, -leftSlope / (leftCurvature + penalty), -rightSlope / (rightCurvature + penalty)));
                    }
                }
            }

            return stump;
        }

        public void AddTo(double[] scores, byte[][] rows, double shrinkage)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                scores[i] += shrinkage * (rows[i][Feature] <= Split ? Left : Right);
            }
        }
    }
}
