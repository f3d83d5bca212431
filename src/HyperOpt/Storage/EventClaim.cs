namespace HyperOpt.Storage;

/// <summary>What kind of thing happens once only.</summary>
public enum ClaimKind
{
    /// <summary>The study begins.</summary>
    Study,

    /// <summary>A free trial number is taken.</summary>
    Number,

    /// <summary>An attempt at a waiting trial begins.</summary>
    Start,

    /// <summary>An attempt ends or is given up: whoever comes second is refused.</summary>
    End,

    /// <summary>What a trial that was taken without a proposal begins with: it is tried again with the same.</summary>
    Proposal,

    /// <summary>The study's space is changed.</summary>
    Space,
}

/// <summary>The key of an event that a log accepts once.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Number">To which trial.</param>
/// <param name="Attempt">At which attempt.</param>
public readonly record struct EventClaim(ClaimKind Kind, int Number, int Attempt);
