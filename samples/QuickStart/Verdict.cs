namespace QuickStart;

/// <summary>How well settings do: the mean of several trainings, which differ by chance only.</summary>
/// <param name="Validation">The share of validation images told right.</param>
/// <param name="Test">The share of test images told right.</param>
/// <param name="Interval">In which share of all such images is told right, with 95 % confidence.</param>
internal sealed record Verdict(double Validation, double Test, (double Low, double High) Interval)
{
    public const int Trainings = 5;

    /// <summary>Trains afresh, with seeds that no trial had.</summary>
    public static Verdict Of(NetworkSettings settings, Digits digits, int epochs)
    {
        var validation = new double[Trainings];
        var test = new double[Trainings];
        Parallel.For(0, Trainings, training =>
        {
            var network = new Network(settings, seed: -1 - training);
            for (var epoch = 0; epoch < epochs; epoch++)
                network.TrainOneEpoch(digits.Train);
            validation[training] = network.Evaluate(digits.Validation).Accuracy;
            test[training] = network.Evaluate(digits.Test).Accuracy;
        });
        return new Verdict(validation.Average(), test.Average(), Wilson(test.Average(), digits.Test.Count));
    }

    /// <summary>The score interval of a share: that other test images would have given another one is by far the most of the doubt.</summary>
    /// <remarks>E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927, doi:10.1080/01621459.1927.10502953.</remarks>
    internal static (double Low, double High) Wilson(double share, int images)
    {
        const double z = 1.959964; // 97.5 % of the normal distribution lie below
        var centre = share + z * z / (2 * images);
        var reach = z * Math.Sqrt(share * (1 - share) / images + z * z / (4.0 * images * images));
        var scale = 1 + z * z / images;
        return ((centre - reach) / scale, (centre + reach) / scale);
    }
}
