using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class ParetoFrontTests
{
    private static readonly double[] Values = [double.NegativeInfinity, -1, 0, 1, 2, 3, double.PositiveInfinity];
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheFrontIsWhatComparingAllWithAllGives(int objectives)
    {
        // Few values, so that there are many ties and duplicates; a NaN fails its trial, a positive violation makes it infeasible.
        var row = Gen.ArrayOf(Gen.Frequency((20, Gen.Elements(Values)), (1, Gen.Constant(double.NaN))), objectives);
        var trials = Gen.ArrayOf(row.Zip(Gen.Elements(-1.0, 0, 1)));
        Prop.ForAll(trials.ToArbitrary(), Check).QuickCheckThrowOnFailure();

        bool Check((double[] Values, double Violation)[] rows)
        {
            var study = new Study(new StudyOptions { Space = [X], Directions = [.. Enumerable.Range(0, objectives).Select(DirectionOf)] });
            foreach (var (values, violation) in rows)
            {
                var trial = study.Ask();
                trial.SetConstraints(violation);
                study.Tell(trial, values);
            }

            return study.ParetoFront.Select(trial => trial.Number).SequenceEqual(Expected(rows));
        }
    }

    private static Direction DirectionOf(int objective) => objective % 2 == 0 ? Direction.Minimize : Direction.Maximize;

    private static IEnumerable<int> Expected((double[] Values, double Violation)[] rows)
    {
        var eligible = Enumerable.Range(0, rows.Length).Where(row => rows[row].Violation <= 0 && !rows[row].Values.Any(double.IsNaN)).ToArray();
        return eligible.Where(row => !eligible.Any(other => Dominates(rows[other].Values, rows[row].Values)));
    }

    private static bool Dominates(double[] one, double[] other)
    {
        var better = one.Where((value, objective) => DirectionOf(objective) == Direction.Minimize ? value < other[objective] : value > other[objective]);
        var worse = one.Where((value, objective) => DirectionOf(objective) == Direction.Minimize ? value > other[objective] : value < other[objective]);
        return better.Any() && !worse.Any();
    }
}
