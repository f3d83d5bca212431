namespace HyperOpt.Trials;

/// <summary>Grows a curve report by report; snapshots share its arrays, of which they see only what was there.</summary>
internal sealed class LearningCurveBuilder(int objectives)
{
    private int[] _steps = [];
    private double[] _losses = [];
    private int _count;
    private bool _isSorted = true;

    /// <summary>False if the step was reported already.</summary>
    public bool TryAdd(int step, ReadOnlySpan<double> losses)
    {
        if (Snapshot().IndexOf(step) >= 0)
        {
            return false;
        }

        if (_count == _steps.Length)
        {
            var capacity = Math.Max(4, 2 * _count);
            Array.Resize(ref _steps, capacity);
            Array.Resize(ref _losses, capacity * objectives);
        }

        _isSorted &= _count == 0 || step > _steps[_count - 1];
        _steps[_count] = step;
        losses.CopyTo(_losses.AsSpan(_count * objectives));
        _count++;
        return true;
    }

    public LearningCurve Snapshot() => new(_steps, _losses, _count, objectives, _isSorted);
}
