using System.Collections.Immutable;
using System.Globalization;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>What the command line asks for.</summary>
internal sealed record QualityOptions
{
    public const string Usage = """
          quality     how good the samplers are, on a fixed suite: see docs/quality.md
                        --samplers random,sobol,tpe   which of ours to run (none: only the table)
                        --problems GLOB[,GLOB]        by name or family, such as 'noisy' or 'ackley*'; default all
                        --seeds 30 --trials 200       runs of each, and their length
                        --first-seed 0                the first of those seeds; the tables, too, are of these seeds only
                        --lag 1                       how many trials are under way at once; above 1 it is part of the sampler's name
                        --label NAME                  put behind the sampler's name, to tell variants apart
                        --out FOLDER                  where results.csv is kept and added to; what is in it is not run again; default quality-results
                        --held-out                    the suite that is kept aside
                        --jobs 1                      how many runs at once
                        --reference NAME              the sampler that the others are tested against; default optuna-tpe if there, else the first
                        --with FILE[,FILE]            other results to set beside; default the peers' in benchmarks/peers
                        --details                     every problem's medians, too
        """;

    public ImmutableArray<string> Samplers { get; private init; } = ["random", "tpe"];

    public string Problems { get; private init; } = "*";

    public int Seeds { get; private init; } = 30;

    public int FirstSeed { get; private init; }

    public int Trials { get; private init; } = 200;

    public int Lag { get; private init; } = 1;

    public string Label { get; private init; } = "";

    public string Folder { get; private init; } = "quality-results";

    public bool IsHeldOut { get; private init; }

    public int Jobs { get; private init; } = 1;

    public string? Reference { get; private init; }

    /// <summary>Null: the peers' files.</summary>
    public ImmutableArray<string>? With { get; private init; }

    public bool Details { get; private init; }

    public static QualityOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new QualityOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new ArgumentException($"A value must follow {name}. Give one.");
            options = name switch
            {
                "--samplers" => options with { Samplers = List(Value(arguments)) },
                "--problems" => options with { Problems = Value(arguments) },
                "--seeds" => options with { Seeds = Number(Value(arguments)) },
                "--first-seed" => options with { FirstSeed = Number(Value(arguments)) },
                "--trials" => options with { Trials = Number(Value(arguments)) },
                "--lag" => options with { Lag = Number(Value(arguments)) },
                "--label" => options with { Label = Value(arguments) },
                "--out" => options with { Folder = Value(arguments) },
                "--held-out" => options with { IsHeldOut = true },
                "--jobs" => options with { Jobs = Number(Value(arguments)) },
                "--reference" => options with { Reference = Value(arguments) },
                "--with" => options with { With = List(Value(arguments)) },
                "--details" => options with { Details = true },
                _ => throw new ArgumentException($"An option must be one of those below, but '{name}' is not.\n{Usage}"),
            };
        }

        return options;
    }

    /// <summary>Whether a run with a seed is asked for.</summary>
    public bool Has(ulong seed) => seed >= (ulong)FirstSeed && seed < (ulong)(FirstSeed + Seeds);

    /// <summary>What a sampler is called in the results.</summary>
    public string NameOf(string sampler) => sampler + (Lag > 1 ? $"-lag{Lag}" : "") + (Label.Length > 0 ? $"-{Label}" : "");

    private static ImmutableArray<string> List(string text) => text is "none" or "" ? [] : [.. text.Split(',')];

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
