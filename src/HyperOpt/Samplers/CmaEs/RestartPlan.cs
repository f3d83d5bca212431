using HyperOpt.Numerics;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// What comes after a search that is over. IPOP: each has twice the population (Auger and Hansen 2005, 10.1109/CEC.2005.1554902). BIPOP: those, and small ones
/// that begin with smaller steps, whichever had fewer trials so far (Hansen 2009, 10.1145/1570256.1570333).
/// </summary>
internal sealed class RestartPlan(CmaEsRestarts kind, int population, double sigma, ulong seed)
{
    private long _spentOnLarge;
    private long _spentOnSmall;
    private int _doublings;

    public Regime First => new(0, population, sigma, false, long.MaxValue);

    /// <summary>The next search.</summary>
    /// <param name="last">The one that is over.</param>
    /// <param name="trials">How many trials it had.</param>
    public Regime After(Regime last, long trials)
    {
        if (last.IsSmall)
        {
            _spentOnSmall += trials;
        }
        else if (last.Number > 0)
        {
            _spentOnLarge += trials; // the first one counts for neither
        }

        var number = last.Number + 1;
        var large = population * Math.Pow(2, _doublings);
        if (kind == CmaEsRestarts.Bipop && _doublings > 0 && _spentOnSmall < _spentOnLarge)
        {
            var random = StreamSeed.Create(seed, number, "cma-es/restart");
            var share = random.NextDouble() * random.NextDouble();
            var size = (int)(population * Math.Pow(0.5 * large / population, share));
            return new Regime(number, size, sigma * Math.Pow(10, -2 * random.NextDouble()), true, Math.Max(_spentOnLarge / 2, size));
        }

        _doublings = Math.Min(_doublings + 1, 20);
        return new Regime(number, (int)Math.Min(population * Math.Pow(2, _doublings), 1_000_000), sigma, false, long.MaxValue);
    }
}
