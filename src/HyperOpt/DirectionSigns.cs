using System.Collections.Immutable;

namespace HyperOpt;

/// <summary>What folds directions away: a value times its sign is a loss, of which less is better.</summary>
internal static class DirectionSigns
{
    public static double Sign(this Direction direction) => direction == Direction.Minimize ? 1 : -1;

    /// <summary>One for each objective.</summary>
    public static ImmutableArray<double> Signs(this ImmutableArray<Direction> directions) => [.. directions.Select(Sign)];
}
