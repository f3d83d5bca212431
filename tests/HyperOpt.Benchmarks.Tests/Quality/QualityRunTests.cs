using System.Xml.Linq;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Benchmarks.Quality.Reporting;
using HyperOpt.Benchmarks.Quality.Suite;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

public sealed class QualityRunTests
{
    [Fact]
    public void ARunIsNotedAtTheMarksAndIsTheSameAgain()
    {
        var problem = ProblemSuite.Public.Single(candidate => candidate.Name == "optimizers");
        var (one, again) = (Run(), Run());
        Assert.Equal([10, 20, 25], one.Select(row => row.Mark));
        Assert.Equal(one.Select(row => row.Value), again.Select(row => row.Value));
        Assert.Equal(one.Select(row => row.Value).OrderDescending(), one.Select(row => row.Value));

        List<QualityRow> Run() => QualityRun.Of(problem, "tpe", "tpe", seed: 3, trials: 25, lag: 1, () => TimeSpan.Zero);
    }

    // A clock that a reading moves on by a millisecond: begin, and two readings a trial, of which the time between is the evaluation's.
    [Fact]
    public void TheTimeIsThatOfATrialLessItsEvaluation()
    {
        var readings = 0;
        var rows = QualityRun.Of(ProblemSuite.Public[0], "random", "random", seed: 0, trials: 20, lag: 1, () => TimeSpan.FromMilliseconds(readings++));
        Assert.All(rows, row => Assert.Equal(1, row.Milliseconds, 9));
    }

    [Fact]
    public void TheRegistryKnowsItsNamesOnly()
    {
        Assert.All(SamplerRegistry.Names, name => Assert.NotNull(SamplerRegistry.Create(name)));
        Assert.Contains("'luck'", Assert.Throws<ArgumentException>(() => SamplerRegistry.Create("luck")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinesAreReadAsTheyWereWritten()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("quality").FullName, "results.csv");
        QualityRow[] rows = [new("tpe-lag8", "sphere-5", "flat", 7, 50, -1.25, 0.5), new("random", "zdt1-6", "multi", 0, 10, 2, 1e-3)];
        QualityFile.Append(path, rows[..1]);
        QualityFile.Append(path, rows[1..]);
        File.AppendAllText(path, "tpe,sphere-5,flat,8"); // cut off
        Assert.Equal(rows, QualityFile.Read(path));
    }

    [Fact]
    public void WhatWasCutOffIsRunAgainAndNothingElse()
    {
        var folder = Directory.CreateTempSubdirectory("quality").FullName;
        string[] command = ["--samplers", "random", "--problems", "sphere-5,jenatton", "--seeds", "2", "--trials", "10", "--out", folder, "--with", "none"];
        var path = Path.Combine(folder, "results.csv");
        Assert.Equal(0, QualityCommand.Run(command));
        var lines = File.ReadAllLines(path);
        Assert.Equal(1 + 2 * 2, lines.Length);

        File.WriteAllText(path, string.Join('\n', lines[..^1]) + "\n" + lines[^1][..9]);
        Assert.Equal(0, QualityCommand.Run(command));
        Assert.Equal(lines.Skip(1).Select(Untimed).Order(), QualityFile.Read(path).Select(row => $"{row.Sampler},{row.Problem},{row.Family},{row.Seed},{row.Mark}").Order());

        static string Untimed(string line) => string.Join(',', line.Split(',')[..5]);
    }

    [Fact]
    public void ThePictureIsWellFormedAndHasALineForEachSampler()
    {
        var rows = from sampler in new[] { "one", "two", "three" }
                   from mark in new[] { 10, 100 }
                   select new QualityRow(sampler, "sphere-5", "flat", 0, mark, sampler.Length, 1);
        var picture = XDocument.Parse(Picture.Draw(new Comparison([.. rows]), [10, 100]));
        Assert.Equal(6, picture.Descendants().Count(element => element.Name.LocalName == "polyline"));
    }

    [Fact]
    public void RanksAreThoseOfARunAmongOneOfEach()
    {
        QualityRow[] rows =
        [
            new("a", "p", "flat", 0, 10, 1, 1), new("a", "p", "flat", 1, 10, 3, 1), // beats b half the time, c always
            new("b", "p", "flat", 0, 10, 2, 1),
            new("c", "p", "flat", 0, 10, 9, 1),
        ];
        var comparison = new Comparison(rows);
        Assert.Equal([1.5, 1.5, 3], comparison.MeanRanks(["a", "b", "c"], ["p"], 10));
    }
}
