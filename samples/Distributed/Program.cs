// Four worker processes on one study in PostgreSQL. One of them is killed; no trial is lost.
//
//     dotnet run --project samples/Distributed -c Release [-- --trials 240]
//
// Starts a PostgreSQL of its own from the installed programs, and throws it away at the end. To use yours instead, put its connection
// string into the environment variable HYPEROPT_CONNECTION (not onto the command line, where everybody can see the password).

using System.Diagnostics;
using System.Globalization;
using Distributed;

const string Variable = "HYPEROPT_CONNECTION";
const int Workers = 4;

var at = Array.IndexOf(args, "--trials");
var trials = at < 0 ? 80 : int.Parse(args[at + 1], CultureInfo.InvariantCulture);

// A worker: all that it knows is the connection string, the study's name and when to end.
if (args is ["worker", var name, ..])
{
    await DigitsStudy.WorkAsync(Environment.GetEnvironmentVariable(Variable)!, name, trials);
    return 0;
}

await using var server = Environment.GetEnvironmentVariable(Variable) is { } given ? null : await ThrowawayPostgreSql.StartAsync();
var connection = server?.ConnectionString ?? Environment.GetEnvironmentVariable(Variable)!;
var study = $"digits {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss}";
Console.WriteLine($"Study '{study}': {trials} trials by {Workers} processes.");

var watch = Stopwatch.StartNew();
var fleet = new Fleet(Enumerable.Range(1, Workers).Select(number => (number, Start(number))));
await using var view = await StudyView.OpenAsync(connection, study);
var killed = await fleet.KillOneAsync(view, after: trials / 4);
await fleet.AwaitEndAsync(view);
Console.WriteLine($"All workers have ended after {watch.Elapsed.TotalSeconds:F0} s.\n");
await view.PrintAsync(fleet, trials);
return killed && view.IsComplete(trials) && fleet.HasEndedWell ? 0 : 1;

Process Start(int number)
{
    var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? new[] { Environment.GetCommandLineArgs()[0] } : [];
    var start = new ProcessStartInfo(Environment.ProcessPath!, [.. host, "worker", study, "--trials", $"{trials}"]);
    start.Environment[Variable] = connection;
    var process = Process.Start(start)!;
    Console.WriteLine($"worker {number} is process {process.Id}");
    return process;
}
