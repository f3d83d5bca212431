using System.Globalization;

namespace QuickStart;

/// <summary>What may stand on the command line.</summary>
/// <param name="Trials">How many configurations to try.</param>
/// <param name="Seed">From which all chance of the search comes.</param>
internal sealed record Arguments(int Trials, ulong Seed)
{
    /// <summary>Reads them; null, and a word about it, if they are not understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(Trials: 150, Seed: 1);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var read = args[i] switch
            {
                "--trials" when int.TryParse(value, CultureInfo.InvariantCulture, out var trials) && trials > 0 => arguments with { Trials = trials },
                "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) => arguments with { Seed = seed },
                _ => null,
            };
            if (read is null)
            {
                Console.Error.WriteLine($"Not understood: {args[i]} {value}\nUsage: QuickStart [--trials <number>] [--seed <number>]");
                return null;
            }
            arguments = read;
        }
        return arguments;
    }
}
