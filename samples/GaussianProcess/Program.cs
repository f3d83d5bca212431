using GaussianProcess;
using HyperOpt;
using HyperOpt.Samplers;
using HyperOpt.Spaces;

// What the model knows after six trials of one parameter, and why it proposes the seventh. Writes gaussian-process.svg, or the file that is named.
var x = Parameter.Float("x", 0, 4);
var sampler = new GaussianProcessSampler();
var recording = new Recording(sampler);
var study = new Study(new StudyOptions { Space = [x], Sampler = recording, Seed = 2 });
study.Optimize(trial => Loss(trial.Suggest(x)), trials: 7);

var (history, proposal) = (recording.History!, recording.Proposal!);
double[] units = [.. Enumerable.Range(0, 241).Select(i => i / 240.0)];
var beliefs = sampler.Believe(history.Space, history, units.Select(unit => (System.Collections.Immutable.ImmutableArray<double>)[unit]));
var picture = Picture.Draw(
    units, beliefs, [.. units.Select(unit => Loss(4 * unit))], history.Finished.Select(trial => (trial.Point[0], trial.Losses[0])), proposal.Point[0]);
var path = args.Length > 0 ? args[0] : "gaussian-process.svg";
File.WriteAllText(path, picture);
Console.WriteLine($"{proposal.Reason}");
Console.WriteLine($"Best {study.Best.Value:F4} at {study.Best.Parameters}; picture: {path}");

static double Loss(double x) => Math.Sin(3 * x) + 0.4 * (x - 2.2) * (x - 2.2);
