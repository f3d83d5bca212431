using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>A trial that answers as one that has ended was answered, and keeps nothing.</summary>
internal sealed class RepeatedTrial(FrozenTrial trial, FrozenTrial? parent) : ITrial
{
    public int Number => trial.Number;

    public FrozenTrial? Parent => parent;

    public bool ShouldPrune => false;

    public T Suggest<T>(Parameter<T> parameter)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return trial.Parameters.TryGet(parameter, out var value)
            ? value
            : throw new InvalidOperationException(
                $"A replay asks for what was asked for at first, but trial {trial.Number} had ({trial.Parameters}) and now '{parameter.Name}' was asked for. Replay with the functions that the study was trained with.");
    }

    public bool IsActive(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return trial.Parameters.ContainsKey(parameter.Name);
    }

    public void Report(int step, params ReadOnlySpan<double> values)
    {
    }

    public void SetAttribute(string name, AttributeValue value)
    {
    }

    public void SetConstraints(params ReadOnlySpan<double> violations)
    {
    }

    public ValueTask SaveArtifactAsync(string name, Stream content, CancellationToken token = default) => ValueTask.CompletedTask;

    public ValueTask SaveCheckpointAsync(Stream content, CancellationToken token = default) => ValueTask.CompletedTask;

    public ValueTask<Stream?> OpenCheckpointAsync(CancellationToken token = default) => new((Stream?)null);
}
