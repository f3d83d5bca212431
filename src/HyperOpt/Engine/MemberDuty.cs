using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>
/// What a trial of a population must have done to count: read its parent's checkpoint, asked for what differs from the parent after that, saved
/// a checkpoint of its own. Without this a population that does not exploit, or does not explore, looks like one that does.
/// </summary>
/// <param name="number">The trial's number.</param>
/// <param name="parent">The trial to go on from; null for one that begins afresh.</param>
/// <param name="proposed">What the trial begins with.</param>
internal sealed class MemberDuty(int number, FrozenTrial? parent, Configuration proposed)
{
    private readonly Dictionary<string, long> _asked = new(StringComparer.Ordinal); // how much of the checkpoint had been read
    private VerifyingStream? _opened;
    private bool _hasSaved;

    private long Read => _opened?.Count ?? -1;

    public void Asked(string parameter) => _asked[parameter] = Read;

    public void Opened(VerifyingStream checkpoint) => _opened = checkpoint;

    public void Saved() => _hasSaved = true;

    /// <summary>Throws if something was forgotten.</summary>
    public void Check()
    {
        if (parent is not null)
        {
            CheckLoaded(parent);
            CheckApplied(parent);
        }

        if (!_hasSaved)
        {
            throw new InvalidOperationException(
                $"A trial of a population saves a checkpoint, for others to go on from, but trial {number} saved none. Call SaveCheckpointAsync when it has trained.");
        }
    }

    private void CheckLoaded(FrozenTrial ancestor)
    {
        if (_opened is null || (Read == 0 && _opened.Length > 0))
        {
            throw new InvalidOperationException(
                $"A trial with a parent goes on from the parent's checkpoint, but trial {number} {(_opened is null ? "never opened" : "read nothing of")} that of trial {ancestor.Number}. "
                + "Call OpenCheckpointAsync, and load what it returns before training.");
        }
    }

    // One that is not asked for at all may belong to a branch that is not declared; but then others are.
    private void CheckApplied(FrozenTrial ancestor)
    {
        string[] changed = [.. proposed.Space.Where((parameter, axis) => IsChanged(parameter, proposed.Codes[axis], ancestor)).Select(parameter => parameter.Name)];
        string[] stale = [.. changed.Where(name => _asked.TryGetValue(name, out var read) && read < Read)];
        string[] missing = stale.Length > 0 || Array.Exists(changed, _asked.ContainsKey) ? stale : changed;
        if (missing.Length > 0)
        {
            throw new InvalidOperationException(
                $"A trial trains with its own hyperparameters, not with those of the trial that it goes on from, but trial {number} did not ask for "
                + $"{string.Join(", ", missing.Select(name => $"'{name}' ({ancestor.Parameters.TextOf(name)} in trial {ancestor.Number}, {proposed.TextOf(name)} in this one)"))} "
                + "after it had read the checkpoint. Suggest and set it then: what is loaded puts the old value back.");
        }
    }

    private static bool IsChanged(Parameter parameter, double code, FrozenTrial ancestor) =>
        !double.IsNaN(code) && ancestor.Parameters.CodeFor(parameter) is var old && !double.IsNaN(old) && old != code;
}
