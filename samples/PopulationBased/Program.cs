using PopulationBased;

foreach (var (name, sampler) in new[] { ("grid", Surrogate.Grid), ("explore", Surrogate.ExploreOnly), ("exploit", Surrogate.ExploitOnly), ("both", Surrogate.Both) })
{
    var watch = System.Diagnostics.Stopwatch.StartNew();
    var runs = new List<SurrogateRun>();
    for (var seed = 0UL; seed < 300; seed++)
    {
        runs.Add(await Surrogate.RunAsync(sampler, seed));
    }

    foreach (var t in new[] { 20, 50, 100, 200 })
    {
        var best = runs.Select(run => run.BestAt(t)).Order().ToArray();
        var now = runs.Select(run => run.CurrentAt(t)).Order().ToArray();
        Console.WriteLine($"{name} {t}: {best[150]:F4} [{best[30]:F3}, {best[269]:F3}] now {now[150]:F4} [{now[30]:F3}, {now[269]:F3}]");
    }

    Console.WriteLine(watch.Elapsed);
}
