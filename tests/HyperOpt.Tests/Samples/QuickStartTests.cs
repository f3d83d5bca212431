using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace HyperOpt.Tests.Samples;

/// <summary>The first program that a newcomer runs, with fewer trials.</summary>
public sealed partial class QuickStartTests
{
    [Fact]
    public async Task TheTunedNetworkBeatsTheUntunedOne()
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), "--trials", "20"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, program.ExitCode);
        Assert.True(TestAccuracy("tuned", output) > TestAccuracy("untuned default", output), output);
        Assert.Contains("20 of 20 trials", output, StringComparison.Ordinal);
    }

    private static double TestAccuracy(string name, string output) =>
        double.Parse(
            Row().Matches(output).Single(row => row.Groups["name"].Value == name).Groups["test"].Value,
            CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  (?<name>[a-z ]+?) +[\d.]+ % +(?<test>[\d.]+) %", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
