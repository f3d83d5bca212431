using System.Text;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

internal static class Streams
{
    public static Stream Of(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static async Task<byte[]> BytesAsync(Stream? stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await using (stream)
        {
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            return memory.ToArray();
        }
    }

    public static async Task<string> TextAsync(Stream? stream) => Encoding.UTF8.GetString(await BytesAsync(stream));

    public static ValueTask SaveAsync(this ITrial trial, string name, string text) => trial.SaveArtifactAsync(name, Of(text));

    /// <summary>The checkpoint as text; null if there is none.</summary>
    public static async Task<string?> CheckpointAsync(this ITrial trial) =>
        await trial.OpenCheckpointAsync() is { } stream ? await TextAsync(stream) : null;
}
