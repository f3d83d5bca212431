using BenchmarkDotNet.Running;
using HyperOpt.Benchmarks;
using HyperOpt.Benchmarks.Quality;

switch (args)
{
    case ["overhead"]:
        OverheadTable.Print();
        return 0;
    case ["bench", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(TrialOverhead).Assembly).Run(rest);
        return 0;
    case ["throughput", var storage, .. var rest]:
        return Throughput.Run([storage, .. rest]);
    case ["journal", .. var rest]:
        return await JournalTable.RunAsync(rest);
    case ["storm", .. var rest]:
        return await StormTable.RunAsync(rest);
    case ["throughput-worker", .. var rest]:
        return Throughput.Worker(rest);
    case ["quality", .. var rest]:
        return QualityCommand.Run(rest);
    case ["evaluate"]:
        return EvaluationServer.Run(Console.In, Console.Out);
    default:
        Console.Error.WriteLine($"""
            Usage: dotnet run -c Release --project benchmarks/HyperOpt.Benchmarks -- <command>

              overhead    what the library adds to a trial, by the length of the history: a table in a few seconds
              bench       the same by BenchmarkDotNet, with allocations: minutes; its own options may follow, such as --filter '*'
            {Throughput.Usage}
            {JournalTable.Usage}
            {StormTable.Usage}
            {QualityOptions.Usage}
            {EvaluationServer.Usage}
            """);
        return 1;
}
