using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>What holds for the maps between values and coordinates of every kind of parameter.</summary>
public abstract class ParameterLaws<T>
    where T : notnull
{
    /// <summary>Parameters of the kind at the edges of what it allows; each law is checked on each of them.</summary>
    private protected abstract Parameter<T>[] Extremes { get; }

    /// <summary>Parameters of the kind.</summary>
    private protected abstract Gen<Parameter<T>> Any { get; }

    private Gen<Parameter<T>> Parameters => Gen.Frequency((2, Gen.Elements(Extremes)), (3, Any));

    // Coordinates at the edges of cells, and next to them, are where rounding goes wrong.
    private Gen<(Parameter<T> Parameter, double Unit)> Points =>
        from parameter in Parameters
        from unit in Numbers.Units
        from cell in Gen.Constant(parameter.Cell(unit))
        from point in Gen.Elements(unit, unit, unit, cell.Low, cell.High, Math.BitDecrement(cell.Low), Math.BitDecrement(cell.High), Math.BitIncrement(cell.High))
        select (parameter, Math.Clamp(point, 0, 1));

    [Fact]
    public void EveryCoordinateHasAValueOfTheDomain() =>
        Law.Holds(Points, at => Assert.True(at.Parameter.Contains(at.Parameter.FromUnit(at.Unit))));

    [Fact]
    public void EveryValueHasACoordinateInTheUnitInterval() =>
        Law.Holds(Points, at => Assert.InRange(at.Parameter.ToUnit(at.Parameter.FromUnit(at.Unit)), 0, 1));

    [Fact]
    public void DecodingUndoesEncoding() =>
        Law.Holds(Points, at =>
        {
            var value = at.Parameter.FromUnit(at.Unit);
            AssertSame(at.Parameter, value, at.Parameter.FromUnit(at.Parameter.ToUnit(value)));
        });

    [Fact]
    public void SnapKeepsTheValue() =>
        Law.Holds(Points, at =>
            Assert.Equal(at.Parameter.FromUnit(at.Unit), at.Parameter.FromUnit(at.Parameter.Snap(at.Unit))));

    [Fact]
    public void SnapIsTheCoordinateOfTheValue() =>
        Law.Holds(Points, at =>
        {
            if (at.Parameter.Cardinality is not null)
            {
                Assert.Equal(at.Parameter.Snap(at.Unit), at.Parameter.ToUnit(at.Parameter.FromUnit(at.Unit)));
            }
        });

    [Fact]
    public void SnapTwiceIsSnapOnce() =>
        Law.Holds(Points, at => Assert.Equal(at.Parameter.Snap(at.Unit), at.Parameter.Snap(at.Parameter.Snap(at.Unit))));

    [Fact]
    public void ACellContainsItsCoordinateAndItsSnap() =>
        Law.Holds(Points, at =>
        {
            var (low, high) = at.Parameter.Cell(at.Unit);
            Assert.InRange(low, 0, high);
            Assert.InRange(high, low, 1);
            Assert.InRange(at.Unit, low, high);
            Assert.InRange(at.Parameter.Snap(at.Unit), low, high);
        });

    [Fact]
    public void ACellIsThoseCoordinatesThatHaveTheValue() =>
        Law.Holds(Points, at =>
        {
            var value = at.Parameter.FromUnit(at.Unit);
            var (low, high) = at.Parameter.Cell(at.Unit);
            Assert.Equal(value, at.Parameter.FromUnit(low));
            if (low < high)
            {
                Assert.Equal(value, at.Parameter.FromUnit(high == 1 ? 1 : Math.BitDecrement(high)));
                Assert.Equal(high == 1, value.Equals(at.Parameter.FromUnit(high)));
                Assert.Equal(low == 0, value.Equals(at.Parameter.FromUnit(Math.Max(0, Math.BitDecrement(low)))));
            }
        });

    [Fact]
    public void TheCellsOfAFiniteAxisPartitionTheUnitInterval() =>
        Law.Holds(Parameters, parameter =>
        {
            if (parameter.Cardinality is not <= 2000)
            {
                return;
            }

            var edge = 0.0;
            for (var level = 0; level < parameter.Cardinality; level++)
            {
                var (low, high) = parameter.Cell(edge);
                Assert.Equal(edge, low);
                Assert.True(low < high);
                edge = high;
            }

            Assert.Equal(1, edge);
        });

    [Fact]
    public void GreaterCoordinatesHaveNoLesserValues() =>
        Law.Holds(from first in Points from unit in Numbers.Units select (first.Parameter, first.Unit, Other: unit), at =>
        {
            if (at.Parameter.IsOrdered)
            {
                var low = at.Parameter.FromUnit(Math.Min(at.Unit, at.Other));
                var high = at.Parameter.FromUnit(Math.Max(at.Unit, at.Other));
                Assert.True(Compare(at.Parameter, low, high) <= 0, $"{low} > {high}");
                Assert.True(at.Parameter.ToUnit(low) <= at.Parameter.ToUnit(high));
            }
        });

    [Fact]
    public void TheSameDefinitionIsEqual() =>
        Law.Holds(Parameters, parameter =>
        {
            var copy = parameter with { };
            Assert.Equal<Parameter>(parameter, copy);
            Assert.Equal(parameter.GetHashCode(), copy.GetHashCode());
        });

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000000000002)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void OtherCoordinatesAreRefused(double unit)
    {
        foreach (var parameter in Extremes)
        {
            var message = Assert.Throws<ArgumentOutOfRangeException>(() => parameter.FromUnit(unit)).Message;
            Assert.Contains($"[0,1] for parameter '{parameter.Name}'", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => parameter.Snap(unit));
            Assert.Throws<ArgumentOutOfRangeException>(() => parameter.Cell(unit));
        }
    }

    private protected virtual int Compare(Parameter<T> parameter, T left, T right) => Comparer<T>.Default.Compare(left, right);

    /// <summary>Exactly equal, unless the kind is a continuum.</summary>
    private protected virtual void AssertSame(Parameter<T> parameter, T expected, T actual) => Assert.Equal(expected, actual);
}
