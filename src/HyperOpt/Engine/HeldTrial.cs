using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>A trial under way, and who has it.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Attempt">How often it was given back.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Lost">How often its worker died.</param>
/// <param name="Proposed">What it was begun with, once that is known.</param>
internal readonly record struct HeldTrial(int Number, int Attempt, string Worker, int Lost, Configuration? Proposed);
