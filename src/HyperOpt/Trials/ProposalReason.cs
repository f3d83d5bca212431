namespace HyperOpt.Trials;

/// <summary>Why a sampler proposed a point: kept with the trial, for people to read; never read by the engine.</summary>
/// <param name="Strategy">What the proposal comes from: an initial design, a model with an acquisition, a fallback.</param>
public sealed record ProposalReason(string Strategy)
{
    /// <summary>The model it rests on; null if none.</summary>
    public string? Model { get; init; }

    /// <summary>The value of the acquisition at the point; null if none.</summary>
    public double? Acquisition { get; init; }

    /// <summary>The loss that the model expects at the point, of the first objective; null if none.</summary>
    public double? Mean { get; init; }

    /// <summary>How far the loss may well be from that: half the width of the interval that holds it with a chance of 68 %; null if none.</summary>
    public double? Spread { get; init; }

    /// <summary>Which sampler, if there was a choice among several, and why this one; null if there was none.</summary>
    public string? Choice { get; init; }

    /// <summary>What was to be done and could not be, and why; null if all went as planned.</summary>
    public string? Fallback { get; init; }
}
