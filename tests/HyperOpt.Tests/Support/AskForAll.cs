using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>An objective that asks for every active parameter of a space; its value is the trial's number.</summary>
internal static class AskForAll
{
    public static Func<ITrial, double> Of(SearchSpace space) => trial =>
    {
        foreach (var parameter in space.Where(trial.IsActive))
        {
            Ask(trial, parameter);
        }

        return trial.Number;
    };

    private static object Ask(ITrial trial, Parameter parameter) => parameter switch
    {
        Parameter<bool> flag => trial.Suggest(flag),
        Parameter<string> text => trial.Suggest(text),
        Parameter<int> number => trial.Suggest(number),
        Parameter<double> number => trial.Suggest(number),
        Parameter<DayOfWeek> day => trial.Suggest(day),
        _ => throw new InvalidOperationException($"No way to ask for {parameter}."),
    };
}
