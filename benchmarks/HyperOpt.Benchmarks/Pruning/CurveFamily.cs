using System.Collections.Immutable;
using System.Globalization;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>One axis of a grid of configurations.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Levels">Its levels, numbers or names, in their order.</param>
/// <param name="IsOrdered">Whether the order means something.</param>
internal sealed record Axis(string Name, ImmutableArray<string> Levels, bool IsOrdered)
{
    public static Axis Numbers(string name, params ReadOnlySpan<double> levels)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var level in levels)
        {
            texts.Add(level.ToString("R", CultureInfo.InvariantCulture));
        }

        return new Axis(name, texts.ToImmutable(), true);
    }

    public static Axis Names(string name, params ReadOnlySpan<string> levels) => new(name, [.. levels], false);

    /// <summary>The axis as a parameter whose value is the index of a level.</summary>
    public Parameter<int> Parameter { get; } = IsOrdered
        ? Spaces.Parameter.Ordinal(Name, [.. Enumerable.Range(0, Levels.Length)])
        : Spaces.Parameter.Categorical(Name, [.. Enumerable.Range(0, Levels.Length)]);
}

/// <summary>The levels of one configuration, by the axis' name.</summary>
internal sealed record Levels(ImmutableArray<Axis> Axes, ImmutableArray<int> At)
{
    public string Name(string axis) => Axes[Of(axis)].Levels[At[Of(axis)]];

    public double Number(string axis) => double.Parse(Name(axis), CultureInfo.InvariantCulture);

    public int Whole(string axis) => (int)Number(axis);

    private int Of(string axis)
    {
        for (var i = 0; i < Axes.Length; i++)
        {
            if (Axes[i].Name == axis)
            {
                return i;
            }
        }

        throw new KeyNotFoundException(axis);
    }
}

/// <summary>A model, a data set and a grid of configurations: each has a learning curve.</summary>
/// <param name="Name">Its name, and that of its file.</param>
/// <param name="Steps">How many reports a curve has.</param>
/// <param name="Axes">The grid.</param>
/// <param name="Train">Trains one configuration: the loss after each step.</param>
internal sealed record CurveFamily(string Name, int Steps, ImmutableArray<Axis> Axes, Func<Levels, double[]> Train)
{
    /// <summary>How many configurations the grid has.</summary>
    public int Count => Axes.Aggregate(1, (count, axis) => count * axis.Levels.Length);

    /// <summary>The configuration of a row of the table: the last axis runs fastest.</summary>
    public Levels ConfigurationAt(int row)
    {
        var at = new int[Axes.Length];
        for (var axis = Axes.Length - 1; axis >= 0; axis--)
        {
            (row, at[axis]) = Math.DivRem(row, Axes[axis].Levels.Length);
        }

        return new Levels(Axes, [.. at]);
    }

    /// <summary>The row of a configuration.</summary>
    public int RowOf(ReadOnlySpan<int> at)
    {
        var row = 0;
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            row = row * Axes[axis].Levels.Length + at[axis];
        }

        return row;
    }
}
