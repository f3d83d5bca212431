using HyperOpt;
using HyperOpt.Samplers;
using HyperOpt.Spaces;

var rate = Parameter.Float("rate", 1e-5, 1e-1).Log();
var layers = Parameter.Int("layers", 1, 8);
var optimizer = Parameter.Categorical("optimizer", Optimizer.Adam, Optimizer.Sgd);
var momentum = Parameter.Float("momentum", 0, 0.99).When(optimizer, Optimizer.Sgd);

var study = new Study(new StudyOptions { Space = [rate, layers, optimizer, momentum], Sampler = new QuasiRandomSampler(), Seed = 42 });
var best = study.Optimize(
    trial =>
    {
        var distance = Math.Pow(Math.Log10(trial.Suggest(rate)) + 3, 2) + Math.Abs(trial.Suggest(layers) - 3);
        return distance + (trial.Suggest(optimizer) == Optimizer.Sgd ? 0.9 - 0.9 * trial.Suggest(momentum) : 1);
    },
    trials: 200);

Console.WriteLine($"consumer: {best}");
return best.Value < 1 && best.Get(optimizer) == Optimizer.Sgd && best.Get(layers) == 3 ? 0 : 1;

internal enum Optimizer
{
    Adam,
    Sgd,
}
