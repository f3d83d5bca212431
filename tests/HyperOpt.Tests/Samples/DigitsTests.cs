using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

public sealed class DigitsTests
{
    private static readonly Digits Digits = Digits.Load();
    private static readonly LabelledImages[] Parts = [Digits.Train, Digits.Validation, Digits.Test];

    [Fact]
    public void ThereAre1797ImagesOf64PixelsInTenClasses()
    {
        Assert.Equal(1797, Parts.Sum(part => part.Count));
        foreach (var part in Parts)
        {
            for (var image = 0; image < part.Count; image++)
            {
                Assert.Equal(64, part.Pixels(image).Length);
                Assert.InRange(part.Label(image), 0, 9);
            }
        }
    }

    [Fact]
    public void PixelsGoFromZeroToOne()
    {
        var pixels = Parts.SelectMany(AllOf).SelectMany(image => image.Pixels).ToArray();

        Assert.Equal(0, pixels.Min());
        Assert.Equal(1, pixels.Max());
    }

    [Fact]
    public void EveryPartHasItsShareOfEveryDigit()
    {
        for (var digit = 0; digit < 10; digit++)
        {
            var counts = Parts.Select(part => AllOf(part).Count(image => image.Label == digit)).ToArray();
            var fifth = counts.Sum() / 5;

            Assert.Equal([counts.Sum() - 2 * fifth, fifth, fifth], counts);
        }
    }

    [Fact]
    public void NoImageIsInTwoParts()
    {
        // No two images of the file are alike, so the pixels name an image.
        var images = Parts.SelectMany(AllOf).Select(image => string.Join(' ', image.Pixels)).ToArray();

        Assert.Equal(images.Length, images.Distinct().Count());
    }

    [Fact]
    public void LoadingTwiceGivesTheSameParts()
    {
        var again = Digits.Load();

        foreach (var (first, second) in Parts.Zip([again.Train, again.Validation, again.Test]))
            Assert.Equal(AllOf(first).Select(image => (image.Label, string.Join(' ', image.Pixels))),
                AllOf(second).Select(image => (image.Label, string.Join(' ', image.Pixels))));
    }

    private static IEnumerable<(float[] Pixels, int Label)> AllOf(LabelledImages images) =>
        Enumerable.Range(0, images.Count).Select(image => (images.Pixels(image).ToArray(), images.Label(image)));
}
