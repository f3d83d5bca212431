using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Nsga;

/// <summary>Which member of a population's last front goes out.</summary>
/// <param name="selection">What decides.</param>
internal sealed class Survival(NsgaSelection selection)
{
    private const int MostByVolume = 4; // objectives: of more, contributions cost too much

    private readonly Dictionary<int, double[]> _directions = [];

    /// <summary>The member that goes; of equals the one that has been there longest.</summary>
    /// <param name="members">All members.</param>
    /// <param name="ranks">The front of each.</param>
    /// <param name="last">The members of the last front, more than one.</param>
    /// <param name="objectives">How many losses each has.</param>
    public int Worst(ImmutableArray<Observation> members, int[] ranks, int[] last, int objectives)
    {
        if (objectives == 1)
        {
            return last[0];
        }

        if (selection == NsgaSelection.Directions || (selection == NsgaSelection.Automatic && objectives > MostByVolume))
        {
            return Niches.Worst(members, ranks, last, DirectionsFor(objectives, members.Length));
        }

        var rows = SubsetSelection.Clip(Pareto.Rows([.. last.Select(at => members[at].Losses)]), objectives);
        var room = selection == NsgaSelection.Crowding ? CrowdingDistance.Of(rows, objectives) : Alone(rows, objectives);
        return last[Array.IndexOf(room, room.Min())];
    }

    // In units of the front's extent, so that any losses have finite volumes. The reference point lies as far beyond the worst as that is from the best: the ends
    // of a front count, but not for everything. With two objectives there are two ends at most, and both stay.
    private static double[] Alone(double[] rows, int objectives)
    {
        for (var objective = 0; objective < objectives; objective++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = objective; at < rows.Length; at += objectives)
            {
                (low, high) = (Math.Min(low, rows[at]), Math.Max(high, rows[at]));
            }

            var extent = high / 2 - low / 2; // half of it: the whole may be infinite
            for (var at = objective; at < rows.Length; at += objectives)
            {
                rows[at] = extent > 0 ? (rows[at] / 2 - low / 2) / extent : 0;
            }
        }

        var reference = new double[objectives];
        Array.Fill(reference, objectives == 2 ? 1e3 : 2);
        return HypervolumeContributions.Of(rows, reference);
    }

    private double[] DirectionsFor(int objectives, int members) =>
        _directions.TryGetValue(members, out var known) ? known : _directions[members] = ReferenceDirections.UpTo(objectives, members - 1);
}
