using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// Makes models, and keeps what the next proposal needs of the last: fits by their number of trials, and the factor of the newest, to which rows are added one
/// by one. All of it follows from the history: a cold memo comes to the same numbers, bit for bit.
/// </summary>
internal sealed class ModelMemo(SearchSpace space)
{
    /// <summary>Fits for histories so much shorter are forgotten, but for anchors. Workers that propose side by side differ by less.</summary>
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly ModelAxes _axes = new(space);
    private readonly Dictionary<(ModelOutput Output, int Count), FittedModel> _fits = [];
    private readonly Dictionary<ModelOutput, GrownModel> _newest = [];

    /// <summary>The model of an output after a history. To be used by one thread.</summary>
    public Posterior PosteriorOf(TrialHistory history, ModelOutput output)
    {
        lock (_lock)
        {
            var fit = Fit(history, FitSchedule.At(history.Count), output);
            if (!_newest.TryGetValue(output, out var grown) || grown.Fit != fit)
            {
                _newest[output] = grown = new GrownModel(_axes, fit, history);
            }

            grown.Grow(history);
            return grown.With(history);
        }
    }

    private FittedModel Fit(TrialHistory history, int count, ModelOutput output)
    {
        if (!_fits.TryGetValue((output, count), out var fit))
        {
            var anchor = FitSchedule.AnchorOf(count);
            fit = ModelFit.Run(_axes, history, count, output, anchor > 0 ? Fit(history, anchor, output) : null);
            _fits.Add((output, count), fit);
            foreach (var old in _fits.Keys.Where(key => key.Output == output && key.Count < count - Kept && !FitSchedule.IsAnchor(key.Count)).ToArray())
            {
                _fits.Remove(old);
            }
        }

        return fit;
    }
}
