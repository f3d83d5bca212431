namespace HyperOpt.Trials;

/// <summary>A stream that is kept with a trial, such as a checkpoint. What it holds is in the artifact store.</summary>
/// <param name="Name">Its name, distinct in the trial.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Hash">Their SHA-256, in lower-case hexadecimal.</param>
public sealed record Artifact(string Name, long Length, string Hash);
