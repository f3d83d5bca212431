using HyperOpt.Spaces;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>What an interval began with, as the model sees it: when, at which loss, with which hyperparameters.</summary>
/// <param name="Time">How many intervals went before it.</param>
/// <param name="Features">
/// For each axis the coordinate, or the rank of the category; then for each objective the share of losses that are below that which it began with.
/// NaN where an axis was inactive.
/// </param>
internal sealed record ScheduleInputs(int Time, double[] Features);

/// <summary>Which features are compared as numbers, and which are the same or are not.</summary>
internal sealed class ScheduleAxes(SearchSpace space, int objectives)
{
    private readonly bool[] _isOrdered = [.. space.Select(axis => axis.IsOrdered), .. Enumerable.Repeat(true, objectives)];

    /// <summary>How many axes and objectives there are.</summary>
    public int Count => _isOrdered.Length;

    /// <summary>Writes the features of a point; those of the losses stay.</summary>
    public void Encode(ReadOnlySpan<double> point, Span<double> features)
    {
        for (var axis = 0; axis < space.Count; axis++)
        {
            features[axis] = double.IsNaN(point[axis]) || space[axis].IsOrdered ? point[axis] : space[axis].LevelOf(space[axis].CodeAt(point[axis]));
        }
    }

    /// <summary>Squared: coordinates by their difference; categories, and an axis that only one has, 1 apart.</summary>
    public double Distance(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var axis = 0; axis < one.Length; axis++)
        {
            var difference = one[axis] - other[axis];
            sum += _isOrdered[axis] && !double.IsNaN(difference) ? difference * difference : one[axis].Equals(other[axis]) ? 0 : 1;
        }

        return sum;
    }

    /// <summary>Adds what moving a query along each axis does to the kernel of it and a row: (row - query) · weight.</summary>
    public void AddSlopes(double[] query, double[] row, double weight, Span<double> slopes)
    {
        for (var axis = 0; axis < slopes.Length; axis++)
        {
            var difference = row[axis] - query[axis];
            slopes[axis] += _isOrdered[axis] && !double.IsNaN(difference) ? weight * difference : 0;
        }
    }
}
