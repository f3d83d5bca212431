namespace HyperOpt.Samplers;

/// <summary>What <see cref="CmaEsSampler"/> does once its search has converged or got stuck.</summary>
public enum CmaEsRestarts
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>It begins anew elsewhere with twice as many trials for an update. Auger and Hansen 2005, 10.1109/CEC.2005.1554902.</summary>
    Ipop,

    /// <summary>It does that in turn with short searches of few trials for an update and smaller steps. Hansen 2009, 10.1145/1570256.1570333.</summary>
    Bipop,
}
