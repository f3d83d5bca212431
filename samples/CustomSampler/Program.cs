using CustomSampler;
using HyperOpt;
using HyperOpt.Samplers;
using HyperOpt.Spaces;

var x = Parameter.Float("x", -5, 5);
var y = Parameter.Float("y", -5, 5);
var rate = Parameter.Float("rate", 1e-5, 1).Log();

foreach (ISampler sampler in new ISampler[] { new RandomSampler(), new HillClimber() })
{
    var study = new Study(new StudyOptions { Space = [x, y, rate], Sampler = sampler, Seed = 1 });
    var best = study.Optimize(
        trial => Math.Pow(trial.Suggest(x) - 2, 2) + Math.Pow(trial.Suggest(y) + 1, 2) + Math.Pow(Math.Log10(trial.Suggest(rate)) + 3, 2),
        trials: 100);
    Console.WriteLine($"{sampler.GetType().Name,-14} {best.Value:F4} with {best.Parameters}");
}
