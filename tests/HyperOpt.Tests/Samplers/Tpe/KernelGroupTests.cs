using HyperOpt.Numerics;
using HyperOpt.Samplers.Tpe;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>Kernels that are kept from one suggestion to the next are those that would be made anew.</summary>
public sealed class KernelGroupTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");

    private static readonly SearchSpace Space =
        [Parameter.Float("x", 0, 1), Parameter.Int("layers", 1, 5), Kind, Parameter.Float("only_a", 0, 1).When(Kind, "a"), Parameter.Int("grid", 1, 2000)];

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    [InlineData(false, 3)]
    public void MembersComeAndGoWithoutATrace(bool isSmall, int pending)
    {
        var chance = new Xoshiro256StarStar(1);
        var rows = Enumerable.Range(0, 300).Select(number => Make(number, chance)).ToArray();
        var kept = new KernelGroup(Space, isSmall);
        for (var count = 1; count <= 200; count += 1 + chance.Next(4))
        {
            // Trials under way are others each time; members change by a few or, one time in ten, by many.
            var history = TrialHistory.Create(Space, rows.Take(count), rows.Skip(count + 50).Take(pending));
            var share = chance.Next(10) == 0 ? 0.3 : 0.97;
            int[] members = [.. Enumerable.Range(0, count).Where(_ => chance.NextDouble() < share), .. Enumerable.Range(count, pending)];
            kept.Update(members, history);
            var anew = new KernelGroup(Space, isSmall);
            anew.Update(members, history);
            foreach (var member in members)
            {
                Assert.Equal(KernelOf(anew, member), KernelOf(kept, member));
            }

            Assert.Equal(anew.Kernels.Present, kept.Kernels.Present);
            Assert.All(kept.Kernels.Mu[..Space.Count], mu => Assert.True(double.IsNaN(mu))); // the prior
        }
    }

    private static string KernelOf(KernelGroup group, int member)
    {
        var (kernels, kernel) = (group.Kernels, group.KernelOf(member));
        var own = Enumerable.Range(kernel * kernels.Axes, kernels.Axes).Select(at =>
            $"{kernels.Mu[at]:R} {kernels.Width[at]:R} {kernels.Standard[2 * at]:R} {kernels.Standard[2 * at + 1]:R} {kernels.Peak[at]:R} "
            + $"{kernels.Entries[at % kernels.Axes][kernels.Entry[at]]}");
        return string.Join("; ", own) + $"; {kernels.PeakSum[kernel]:R}";
    }

    // Coordinates in tenths, so that many are equal.
    private static Observation Make(int number, Xoshiro256StarStar chance) => new()
    {
        Number = number,
        State = TrialState.Completed,
        Point = Space.Normalize([.. Enumerable.Range(0, Space.Count).Select(_ => Math.Round(chance.NextDouble(), 1))]),
        Losses = [0],
    };
}
