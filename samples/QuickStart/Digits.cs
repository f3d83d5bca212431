using System.Globalization;

namespace QuickStart;

/// <summary>1,797 handwritten digits of 8×8 pixels, in three parts with the same share of each digit.</summary>
/// <remarks>Source and licence: <c>samples/data/README.md</c>.</remarks>
/// <param name="Train">60 %: the network learns from these.</param>
/// <param name="Validation">20 %: the hyperparameters are chosen by these.</param>
/// <param name="Test">20 %: only for the final verdict, so that neither has seen them.</param>
public sealed record Digits(LabelledImages Train, LabelledImages Validation, LabelledImages Test)
{
    /// <summary>The number of pixels of an image.</summary>
    public const int Pixels = 64;

    /// <summary>The number of different digits.</summary>
    public const int Classes = 10;

    private const float Brightest = 16;

    /// <summary>Reads the file beside the program; the parts are the same each time.</summary>
    public static Digits Load()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "digits.csv"))
            .Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), field => int.Parse(field, CultureInfo.InvariantCulture)))
            .ToArray();
        new SplitMix64(seed: 1).Shuffle(rows.AsSpan());

        List<int[]> train = [], validation = [], test = [];
        foreach (var sameDigit in rows.GroupBy(row => row[Pixels]))
        {
            var images = sameDigit.ToArray();
            var fifth = images.Length / 5;
            validation.AddRange(images[..fifth]);
            test.AddRange(images[fifth..(2 * fifth)]);
            train.AddRange(images[(2 * fifth)..]);
        }

        return new Digits(ToImages(train), ToImages(validation), ToImages(test));
    }

    private static LabelledImages ToImages(List<int[]> rows) => new(
        pixels: [.. rows.SelectMany(row => row.Take(Pixels)).Select(pixel => pixel / Brightest)],
        labels: [.. rows.Select(row => row[Pixels])]);
}

/// <summary>Images, and for each the digit that it shows. Immutable.</summary>
public sealed class LabelledImages
{
    private readonly float[] _pixels;
    private readonly int[] _labels;

    internal LabelledImages(float[] pixels, int[] labels) => (_pixels, _labels) = (pixels, labels);

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>The digit that an image shows.</summary>
    public int Label(int image) => _labels[image];

    /// <summary>The pixels of an image, row by row, each from 0 to 1.</summary>
    public ReadOnlySpan<float> Pixels(int image) => _pixels.AsSpan(image * Digits.Pixels, Digits.Pixels);
}
