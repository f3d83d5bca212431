using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>How far a run is.</summary>
/// <param name="Latest">The trial that has just ended.</param>
/// <param name="Ended">How many trials of this run have ended.</param>
/// <param name="Trials">How many it is to begin, if that is set.</param>
/// <param name="Best">The best trial of the study so far, with one objective.</param>
/// <param name="Elapsed">The time since the run began.</param>
public sealed record RunProgress(FrozenTrial Latest, int Ended, int? Trials, FrozenTrial? Best, TimeSpan Elapsed);
