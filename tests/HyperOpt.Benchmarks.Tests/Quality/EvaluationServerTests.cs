using System.Globalization;
using System.Text.Json.Nodes;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Benchmarks.Quality.Suite;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

public sealed class EvaluationServerTests
{
    /// <summary>
    /// Each problem at random configurations, as they were evaluated for the peers (November 2026). If this fails, the suite is another one, and the peers' results
    /// are of no use with it: make a new problem of a new name instead, or run the peers again.
    /// </summary>
    [Fact]
    public void TheSuiteIsStillTheOneThatThePeersRanOn()
    {
        var lines = Recorded().ToArray();
        var replies = Talk(lines.SelectMany(line => new[] { Begin(line), Evaluate(line) }));
        Assert.Equal(ProblemSuite.Public.Length + ProblemSuite.HeldOut.Length, lines.Select(line => (string)line["problem"]!).Distinct().Count());
        for (var i = 0; i < lines.Length; i++)
        {
            var isReal = (string)lines[i]["family"]! == "real"; // trained in single precision, whose last digits differ between processors
            var (expected, actual) = (Numbers(lines[i]["losses"]!), Numbers(replies[2 * i + 1]));
            Assert.All(expected.Zip(actual), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) <= (isReal ? 0.02 : 1e-7) * Math.Max(1, Math.Abs(pair.First)),
                $"{lines[i]["problem"]}: {pair.Second}, was {pair.First}"));
        }
    }

    [Fact]
    public void TheListSaysWhatMayVaryAndWhen()
    {
        var problem = Talk([new JsonObject { ["do"] = "list", ["problems"] = "optimizers" }])[0][0]!;
        Assert.Equal("""{"kind":"float","low":1E-06,"high":10,"log":true,"step":null,"name":"rate","conditions":[]}""", problem["parameters"]![2]!.ToJsonString());
        Assert.Equal(
            """{"kind":"float","low":0.0001,"high":0.5,"log":true,"step":null,"name":"beta","conditions":[{"parent":"optimizer","values":[2,3]}]}""",
            problem["parameters"]![6]!.ToJsonString());
    }

    [Fact]
    public void AValueOutsideItsDomainIsRefused()
    {
        JsonObject[] requests = [new() { ["do"] = "begin", ["problem"] = "sphere-5", ["seed"] = 1 }, new() { ["do"] = "evaluate", ["values"] = new JsonObject { ["x0"] = 6 } }];
        Assert.Contains("x0 = 6", Assert.Throws<InvalidDataException>(() => Talk(requests)).Message, StringComparison.Ordinal);
    }

    private static JsonObject Begin(JsonNode line) => new() { ["do"] = "begin", ["problem"] = (string)line["problem"]!, ["seed"] = 0 };

    private static JsonObject Evaluate(JsonNode line) => new() { ["do"] = "evaluate", ["values"] = line["values"]!.DeepClone() };

    private static double[] Numbers(JsonNode array) => [.. array.AsArray().Select(value => (double)value!)];

    private static IEnumerable<JsonNode> Recorded()
    {
        using var reader = new StreamReader(typeof(EvaluationServerTests).Assembly.GetManifestResourceStream("evaluations.jsonl")!);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonNode.Parse(line)!;
        }
    }

    private static JsonNode[] Talk(IEnumerable<JsonObject> requests)
    {
        using var input = new StringReader(string.Join('\n', requests.Select(request => request.ToJsonString())));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(0, EvaluationServer.Run(input, output));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
