using System.Runtime.CompilerServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// What is worth keeping from one suggestion to the next, for the trials of one table: the order of the losses, and the kernels with their orders along the axes. All of it follows from
/// the rows; a suggestion for a shorter history than it has grown to makes its own.
/// </summary>
internal sealed class TpeMemo
{
    private static readonly ConditionalWeakTable<object, TpeMemo> Memos = [];

    private TpeMemo(SearchSpace space)
    {
        Good = new KernelGroup(space, isSmall: true);
        Rest = new KernelGroup(space, isSmall: false);
    }

    public Lock Lock { get; } = new();

    /// <summary>How many rows it has taken in.</summary>
    public int Count { get; private set; }

    /// <summary>The kernels of the good trials, as they were at the last suggestion.</summary>
    public KernelGroup Good { get; }

    /// <summary>The kernels of the rest.</summary>
    public KernelGroup Rest { get; }

    public LossOrder Losses { get; } = new();

    /// <summary>The memo of a history's table, or one of its own if that has grown past it. To be used under its lock.</summary>
    public static TpeMemo For(TrialHistory history)
    {
        var shared = Memos.GetValue(history.Table, _ => new TpeMemo(history.Space));
        return shared.Count <= history.Count ? shared : new TpeMemo(history.Space);
    }

    /// <summary>Takes in the rows of a history that it lacks; false if it has more than those.</summary>
    public bool TryCatchUp(TrialHistory history)
    {
        if (Count > history.Count)
        {
            return false;
        }

        Losses.Add(history, Count);
        Count = history.Count;
        return true;
    }
}
