using System.Collections.Immutable;
using System.Text;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>Random values of every kind that events hold, the awkward ones often.</summary>
internal sealed class OddValues(Random random)
{
    private static readonly string[] Texts =
    [
        "x", "learning_rate", "naïve", "学習率", "🧪🔬", "e\u0301", "\u202Eright to left", "a\"b\\c/d", "tab\there", "line\nbreak\r\n", "nul\0nul", "\u2028\u2029", "\uFEFFbom", "\uFFFD",
        "\uFFFF", "'; DROP TABLE studies; --", "../../etc/passwd", "%s {0} $1 @p", "{\"crc\":\"00000000\"", "NaN", "null", "1", " leading and trailing ", "<script>&amp;'+", "\U0010FFFF",
        "loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
    ];

    private static readonly double[] Numbers64 =
    [
        0, -0.0, 1, -1, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014e-308,
        2.225073858507201e-308, 1e23, 9007199254740993, Math.PI, 1.0 / 3, 123456789.123456789, 5e-324, 1.7976931348623157e308,
    ];

    private readonly List<SearchSpace> _spaces = [];

    public int Below(int bound) => random.Next(bound);

    public bool Truth() => random.Next(2) == 0;

    public ulong Bits() => (ulong)random.NextInt64(long.MinValue, long.MaxValue);

    public DateTimeOffset Time() => new(random.NextInt64(0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    public TrialState EndState() => (TrialState)random.Next((int)TrialState.Completed, (int)TrialState.Failed + 1);

    /// <summary>Any text of Unicode: no surrogate without its pair.</summary>
    public string Text()
    {
        if (Below(3) > 0)
        {
            return Texts[Below(Texts.Length)];
        }

        var text = new StringBuilder("_");
        for (var length = Below(6); length > 0; length--)
        {
            var value = Below(4) > 0 ? Below(0xD800) : random.Next(0xE000, 0x110000);
            text.Append(new Rune(value).ToString());
        }

        return text.ToString();
    }

    // Any bits but those of NaNs with a message, which JSON does not carry.
    public double Number()
    {
        var number = Truth() ? Numbers64[Below(Numbers64.Length)] : BitConverter.Int64BitsToDouble((long)Bits());
        return double.IsNaN(number) ? double.NaN : number;
    }

    public ImmutableArray<double> Numbers() => [.. Enumerable.Range(0, Below(4)).Select(_ => Number())];

    /// <summary>How many objectives the study has.</summary>
    public int Objectives { get; set; } = 1;

    /// <summary>What a trial that ended so may have: a number for each objective, or none unless it completed.</summary>
    public ImmutableArray<double> Values(TrialState state) =>
        state == TrialState.Completed || (state == TrialState.Pruned && Truth()) ? [.. Enumerable.Range(0, Objectives).Select(_ => Number())] : [];

    /// <summary>A finite loss for each objective.</summary>
    public ImmutableArray<double> Losses() => [.. Enumerable.Range(0, Objectives).Select(_ => Number() is var number && double.IsFinite(number) ? number : 0.5)];

    public AttributeValue Attribute() => Below(3) switch { 0 => Text(), 1 => Number(), _ => Truth() };

    public ImmutableSortedDictionary<string, AttributeValue> Attributes() => Truth()
        ? FrozenTrial.NoAttributes
        : FrozenTrial.NoAttributes.SetItems(Enumerable.Range(0, Below(4)).Select(_ => KeyValuePair.Create(Text(), Attribute())));

    public Artifact Artifact() => new(Text(), random.NextInt64(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", $"{Below(1000)}-{Below(9)}-{Below(9)}");

    /// <summary>A configuration over a new space or one that was there before; parts of it may be missing.</summary>
    public Configuration Configuration()
    {
        if (_spaces.Count == 0 || Below(3) == 0)
        {
            _spaces.Add(OddSpace.Create(this));
        }

        var space = _spaces[Below(_spaces.Count)];
        return new Configuration(space, [.. space.Select(parameter => Below(6) == 0 ? double.NaN : parameter.CodeAt(Unit()))], Below(Version + 1));
    }

    /// <summary>How often the study's space was changed so far.</summary>
    public int Version { get; private set; }

    /// <summary>A change of the study's space: any that can be written, whether or not it makes sense.</summary>
    public SpaceChanged Change()
    {
        var configuration = Configuration();
        var changes = configuration.Space.Select((parameter, axis) => Below(5) switch
        {
            0 => SpaceChange.Redefine(parameter),
            1 => new ParameterAdded(parameter, parameter.CodeAt(Unit())),
            2 => SpaceChange.Rename(parameter.Name, parameter.Name + axis),
            3 => SpaceChange.Drop(parameter.Name),
            _ => new ParameterDropped(parameter.Name, parameter.TextOf(parameter.CodeAt(Unit()))),
        });
        return new SpaceChanged(Time(), ++Version, Below(1000), configuration.Space, [.. changes]);
    }

    /// <summary>The configuration as a trial had it that did not ask for all.</summary>
    public Configuration Part(Configuration whole) => new(whole.Space, [.. whole.Codes.Select(code => Truth() ? double.NaN : code)], whole.Version);

    public double Unit() => Below(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
}
