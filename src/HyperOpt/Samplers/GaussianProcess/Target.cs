namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>How a value came to be known.</summary>
internal enum TargetKind
{
    /// <summary>It was measured.</summary>
    Measured,

    /// <summary>It was forecast from a learning curve that was cut short.</summary>
    Forecast,

    /// <summary>It is at least that bad, by a trial that was pruned when too few had run to their end to forecast from.</summary>
    Worse,

    /// <summary>There is none: the trial failed, or its loss was infinite.</summary>
    Failed,
}

/// <summary>What a trial says of an output.</summary>
/// <param name="Kind">How it came to be known.</param>
/// <param name="Value">The value.</param>
/// <param name="Spread">The standard deviation of a forecast.</param>
internal readonly record struct Target(TargetKind Kind, double Value, double Spread);
