using System.Text.Json.Nodes;
using HyperOpt.Benchmarks.Quality.Suite;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>
/// Lends the suite to other programs: a request a line on standard input, a reply a line on standard output, both JSON. See docs/quality.md.
/// </summary>
internal static class EvaluationServer
{
    public const string Usage = """
          evaluate    lends the problems to other programs, JSON lines over standard input and output: see docs/quality.md
        """;

    public static int Run(TextReader input, TextWriter output)
    {
        Problem? problem = null;
        Judge? judge = null;
        while (input.ReadLine() is { } line)
        {
            var request = JsonNode.Parse(line)!;
            JsonNode reply;
            switch ((string)request["do"]!)
            {
                case "list":
                    reply = new JsonArray([.. ProblemSuite.Find((string?)request["problems"] ?? "*", (bool?)request["held_out"] ?? false).Select(Describe)]);
                    break;
                case "begin":
                    problem = ProblemSuite.Named((string)request["problem"]!);
                    judge = new Judge(problem, (ulong)request["seed"]!);
                    reply = new JsonObject();
                    break;
                case "evaluate":
                    reply = new JsonArray([.. judge!.Evaluate(PointOf(problem!.Space, request["values"]!)).Select(loss => JsonValue.Create(loss))]);
                    break;
                case "judge":
                    reply = JsonValue.Create(judge!.Value);
                    break;
                default:
                    throw new InvalidDataException($"A request must be list, begin, evaluate or judge, but this is {line}. Correct the client.");
            }

            output.WriteLine(reply.ToJsonString());
            output.Flush();
        }

        return 0;
    }

    // Numbers go by their value, choices by their index.
    private static CodePoint PointOf(SearchSpace space, JsonNode values)
    {
        var codes = new double[space.Count];
        Array.Fill(codes, double.NaN);
        foreach (var (name, value) in values.AsObject())
        {
            var parameter = space[space.IndexOf(name)];
            var code = (double)value!;
            codes[space.IndexOf(name)] = parameter is FloatParameter or IntParameter
                ? parameter.TryReadCode(code.ToString("R", System.Globalization.CultureInfo.InvariantCulture), out var own)
                    ? own
                    : throw new InvalidDataException($"A value must lie in its parameter's domain, but {name} = {code} does not. Correct the client.")
                : code;
        }

        return new CodePoint(space, codes);
    }

    private static JsonObject Describe(Problem problem) => new()
    {
        ["name"] = problem.Name,
        ["family"] = problem.Family,
        ["objectives"] = problem.Objectives,
        ["parameters"] = new JsonArray([.. problem.Space.Select(Describe)]),
    };

    private static JsonObject Describe(Parameter parameter)
    {
        var description = parameter switch
        {
            FloatParameter real => new JsonObject { ["kind"] = "float", ["low"] = real.Low, ["high"] = real.High, ["log"] = real.IsLog, ["step"] = real.StepSize },
            IntParameter whole => new JsonObject { ["kind"] = "int", ["low"] = whole.Low, ["high"] = whole.High, ["log"] = whole.IsLog, ["step"] = whole.StepSize },
            _ => new JsonObject { ["kind"] = parameter.IsOrdered ? "ordinal" : "categorical", ["choices"] = new JsonArray([.. parameter.Texts.Select(text => JsonValue.Create(text))]) },
        };
        description["name"] = parameter.Name;
        description["conditions"] = new JsonArray([.. parameter.Conditions.Select(condition => new JsonObject
        {
            ["parent"] = condition.Parent.Name,
            ["values"] = new JsonArray([.. condition.CodesFor(condition.Parent).Select(code => JsonValue.Create(code))]),
        })]);
        return description;
    }
}
