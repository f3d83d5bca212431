using BenchmarkDotNet.Running;
using HyperOpt.Benchmarks;
using HyperOpt.Benchmarks.Pruning;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Benchmarks.Transfer;

switch (args)
{
    case ["overhead"]:
        OverheadTable.Print();
        return 0;
    case ["bench", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(TrialOverhead).Assembly).Run(rest);
        return 0;
    case ["speed", .. var rest]:
        return SpeedTable.Run(rest);
    case ["pareto"]:
        return ParetoTable.Run();
    case ["workers", .. var rest]:
        return await WorkersTable.RunAsync(rest);
    case ["importance", .. var rest]:
        return ImportanceTable.Run(rest);
    case ["throughput", var storage, .. var rest]:
        return Throughput.Run([storage, .. rest]);
    case ["journal", .. var rest]:
        return await JournalTable.RunAsync(rest);
    case ["storm", .. var rest]:
        return await StormTable.RunAsync(rest);
    case ["curves", .. var names]:
        foreach (var family in CurveFamilies.All.Where(family => names.Length == 0 || names.Contains(family.Name)))
        {
            CurveTable.Write(family);
            Console.WriteLine($"{family.Name}: {family.Count} curves");
        }

        return 0;
    case ["pruning-front", .. var rest]:
        return PruningFrontTable.Run(rest);
    case ["pruning", .. var rest]:
        return PruningTable.Run(rest);
    case ["throughput-worker", .. var rest]:
        return Throughput.Worker(rest);
    case ["quality", .. var rest]:
        return QualityCommand.Run(rest);
    case ["transfer", .. var rest]:
        return TransferTable.Run(rest);
    case ["cost", .. var rest]:
        return CostTable.Run(rest);
    case ["evaluate"]:
        return EvaluationServer.Run(Console.In, Console.Out);
    default:
        Console.Error.WriteLine($"""
            Usage: dotnet run -c Release --project benchmarks/HyperOpt.Benchmarks -- <command>

              overhead    what the library adds to a trial, by the length of the history: a table in a few seconds
              bench       the same by BenchmarkDotNet, with allocations: minutes; its own options may follow, such as --filter '*'
            {SpeedTable.Usage}
            {ParetoTable.Usage}
            {WorkersTable.Usage}
            {ImportanceTable.Usage}
              curves      trains all configurations of the pruning benchmark again: about four minutes; names of families may follow
              {PruningTable.Usage}
              {PruningFrontTable.Usage}
            {Throughput.Usage}
            {JournalTable.Usage}
            {StormTable.Usage}
            {QualityOptions.Usage}
            {TransferTable.Usage}
            {CostTable.Usage}
            {EvaluationServer.Usage}
            """);
        return 1;
}
