using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Pruning.Training;

/// <summary>What boosting is told.</summary>
/// <param name="Rate">How much of each tree counts.</param>
/// <param name="Depth">How often a tree asks.</param>
/// <param name="Smoothing">What is added to the curvature of a leaf: λ of Chen and Guestrin 2016.</param>
/// <param name="Rows">The share of rows that a tree sees.</param>
/// <param name="Columns">The share of features that a tree sees.</param>
internal sealed record BoostingSettings(double Rate, int Depth, double Smoothing, double Rows, double Columns);

/// <summary>Gradient boosting of trees over histograms, by second-order steps (Chen and Guestrin 2016, 10.1145/2939672.2939785); one tree a class and round.</summary>
internal sealed class BoostedTrees
{
    private const int Bins = 16;

    private readonly LabelledData _data;
    private readonly BoostingSettings _settings;
    private readonly byte[][] _train; // [row][feature]
    private readonly byte[][] _validation;
    private readonly double[,] _scores;
    private readonly double[,] _validationScores;
    private readonly Xoshiro256StarStar _chance = new(11);

    public BoostedTrees(LabelledData data, BoostingSettings settings)
    {
        _data = data;
        _settings = settings;
        (_train, _validation) = Binned(data);
        _scores = new double[_train.Length, data.Classes];
        _validationScores = new double[_validation.Length, data.Classes];
    }

    /// <summary>The mean cross-entropy of the rows not learnt from, after each round.</summary>
    public double[] Train(int rounds)
    {
        var curve = new double[rounds];
        var gradients = new (double G, double H)[_data.Classes][];
        Span<double> shares = stackalloc double[_data.Classes];
        for (var round = 0; round < rounds; round++)
        {
            for (var label = 0; label < _data.Classes; label++)
            {
                gradients[label] = new (double, double)[_train.Length];
            }

            for (var row = 0; row < _train.Length; row++)
            {
                Shares(_scores, row, shares);
                for (var label = 0; label < _data.Classes; label++)
                {
                    var share = shares[label];
                    gradients[label][row] = (share - (_data.TrainLabels[row] == label ? 1 : 0), Math.Max(1e-9, share * (1 - share)));
                }
            }

            for (var label = 0; label < _data.Classes; label++)
            {
                Grow(gradients[label], label);
            }

            curve[round] = Judge();
        }

        return curve;
    }

    private static (byte[][] Train, byte[][] Validation) Binned(LabelledData data)
    {
        var edges = Enumerable.Range(0, data.Features).Select(feature =>
        {
            double[] sorted = [.. data.Train.Select(row => row[feature]).Order()];
            return Enumerable.Range(1, Bins - 1).Select(at => sorted[at * sorted.Length / Bins]).Distinct().ToArray();
        }).ToArray();
        byte[] Bin(double[] row) => [.. row.Select((value, feature) => (byte)edges[feature].Count(edge => value >= edge))];
        return ([.. data.Train.Select(Bin)], [.. data.Validation.Select(Bin)]);
    }

    private static void Shares(double[,] scores, int row, Span<double> shares)
    {
        var top = double.NegativeInfinity;
        for (var i = 0; i < shares.Length; i++)
        {
            top = Math.Max(top, shares[i] = scores[row, i]);
        }

        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            sum += shares[i] = Math.Exp(shares[i] - top);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
        }
    }

    private void Grow((double G, double H)[] gradients, int label)
    {
        int[] rows = [.. Enumerable.Range(0, _train.Length).Where(_ => _chance.NextDouble() < _settings.Rows)];
        int[] features = [.. Enumerable.Range(0, _data.Features).Where(_ => _chance.NextDouble() < _settings.Columns)];
        int[] all = [.. Enumerable.Range(0, _train.Length)];
        int[] unseen = [.. Enumerable.Range(0, _validation.Length)];
        Split(rows, all, unseen, features, gradients, label, _settings.Depth);
    }

    private void Split(int[] rows, int[] all, int[] unseen, int[] features, (double G, double H)[] gradients, int label, int depth)
    {
        var (g, h) = (0.0, 0.0);
        foreach (var row in rows)
        {
            g += gradients[row].G;
            h += gradients[row].H;
        }

        if (depth > 0 && rows.Length > 1 && BestSplit(rows, features, gradients, g, h) is var (feature, bin) && feature >= 0)
        {
            bool Left(byte[] row) => row[feature] <= bin;
            Split([.. rows.Where(row => Left(_train[row]))], [.. all.Where(row => Left(_train[row]))], [.. unseen.Where(row => Left(_validation[row]))], features, gradients, label, depth - 1);
            Split([.. rows.Where(row => !Left(_train[row]))], [.. all.Where(row => !Left(_train[row]))], [.. unseen.Where(row => !Left(_validation[row]))], features, gradients, label, depth - 1);
            return;
        }

        var value = -_settings.Rate * g / (h + _settings.Smoothing);
        foreach (var row in all)
        {
            _scores[row, label] += value;
        }

        foreach (var row in unseen)
        {
            _validationScores[row, label] += value;
        }
    }

    private (int Feature, int Bin) BestSplit(int[] rows, int[] features, (double G, double H)[] gradients, double g, double h)
    {
        var (found, at, best) = (-1, 0, g * g / (h + _settings.Smoothing) + 1e-9);
        Span<double> gs = stackalloc double[Bins];
        Span<double> hs = stackalloc double[Bins];
        foreach (var feature in features)
        {
            gs.Clear();
            hs.Clear();
            foreach (var row in rows)
            {
                var bin = _train[row][feature];
                gs[bin] += gradients[row].G;
                hs[bin] += gradients[row].H;
            }

            var (left, leftH) = (0.0, 0.0);
            for (var bin = 0; bin < Bins - 1; bin++)
            {
                left += gs[bin];
                leftH += hs[bin];
                var (right, rightH) = (g - left, h - leftH);
                var gain = left * left / (leftH + _settings.Smoothing) + right * right / (rightH + _settings.Smoothing);
                if (gain > best && leftH > 1e-8 && rightH > 1e-8)
                {
                    (found, at, best) = (feature, bin, gain);
                }
            }
        }

        return (found, at);
    }

    private double Judge()
    {
        var sum = 0.0;
        Span<double> shares = stackalloc double[_data.Classes];
        for (var row = 0; row < _validation.Length; row++)
        {
            Shares(_validationScores, row, shares);
            sum -= Math.Log(Math.Max(1e-300, shares[_data.ValidationLabels[row]]));
        }

        return sum / _validation.Length;
    }
}
