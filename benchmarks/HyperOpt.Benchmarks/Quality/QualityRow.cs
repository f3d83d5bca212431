namespace HyperOpt.Benchmarks.Quality;

/// <summary>One line of a results file: how good a run was after some trials.</summary>
/// <param name="Sampler">The sampler's name, with what sets it apart: lag, label.</param>
/// <param name="Problem">The problem's name.</param>
/// <param name="Family">The problem's family.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Mark">After how many trials.</param>
/// <param name="Value">As <see cref="Judge.Value"/>.</param>
/// <param name="Milliseconds">The mean time of a trial up to there, less its evaluation.</param>
internal sealed record QualityRow(string Sampler, string Problem, string Family, ulong Seed, int Mark, double Value, double Milliseconds);
