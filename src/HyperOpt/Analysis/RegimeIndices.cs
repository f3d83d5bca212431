namespace HyperOpt.Analysis;

/// <summary>
/// The indices of the posterior mean of an <see cref="AnovaModel"/> on a conditional space, in closed form. Where a parameter is inactive it may have any value, which changes
/// nothing; so all parameters are independent and the indices are the usual ones, of a function that has one form in each of the <see cref="Regimes"/>.
/// </summary>
internal sealed class RegimeIndices
{
    private readonly Regimes _regimes;
    private readonly RegimeWeights _weights;
    private readonly QuadraticForms _forms;
    private readonly AnovaModel _model;
    private readonly int[] _others; // the axes that do not decide
    private readonly double[] _shares;
    private readonly double[] _variances; // of each model

    public RegimeIndices(AnovaModel model, Regimes regimes)
    {
        (_model, _regimes, _weights, _forms) = (model, regimes, new RegimeWeights(model, regimes), new QuadraticForms(model));
        _others = [.. Enumerable.Range(0, model.Features.Axes.Count).Except(regimes.Deciding)];
        _shares = [.. Enumerable.Range(0, regimes.Count).Select(regimes.Share)];
        Ask();
        _forms.Run();
        _variances = [.. Enumerable.Range(0, _weights.Models).Select(m =>
            Math.Max(1e-300, Over(r => Inner(m, r, r)) - Math.Pow(Over(r => _weights.Mean(r, m)), 2)))];
    }

    public SobolIndices Of()
    {
        var count = _model.Features.Axes.Count;
        (double Share, double Error)[] first = [.. Enumerable.Range(0, count).Select(axis => Share(m => Alone(m, axis)))];
        (double Share, double Error)[] total = [.. Enumerable.Range(0, count).Select(axis => Share(m => Place(axis) is >= 0 and var place ? TotalOfDeciding(m, place) : TotalOf(m, axis)))];
        var pairs = new Dictionary<(int, int), (double, double)>();
        for (var one = 0; one < count; one++)
        {
            for (var other = one + 1; other < count; other++)
            {
                var (i, j) = (one, other);
                pairs[(i, j)] = Share(m => Together(m, i, j));
            }
        }

        return new SobolIndices(
            [.. first.Select(each => each.Share)], [.. first.Select(each => each.Error)], [.. total.Select(each => each.Share)], [.. total.Select(each => each.Error)],
            pairs, _variances[0] * _model.Scale * _model.Scale, _model.Explained);
    }

    private (double Share, double Error) Share(Func<int, double> variance) =>
        _weights.Judge([.. Enumerable.Range(0, _weights.Models).Select(m => variance(m) / _variances[m])]);

    private int Place(int axis) => Array.IndexOf(_regimes.Deciding, axis);

    private double Over(Func<int, double> value)
    {
        var sum = 0.0;
        for (var regime = 0; regime < _shares.Length; regime++)
        {
            sum += _shares[regime] * value(regime);
        }

        return sum;
    }

    // All that is needed of quadratic forms.
    private void Ask()
    {
        for (var m = 0; m < _weights.Models; m++)
        {
            for (var regime = 0; regime < _regimes.Count; regime++)
            {
                AskInner(m, regime, regime);
                for (var place = 0; place < _regimes.Deciding.Length; place++)
                {
                    for (var level = _regimes.LevelOf(regime, place) + 1; level < _regimes.Levels[place]; level++)
                    {
                        AskInner(m, regime, _regimes.With(regime, place, level));
                    }
                }
            }

            foreach (var axis in _others)
            {
                _forms.Ask(("first", m, axis, 0), [axis], Main(m, axis, null, 0));
                foreach (var other in _others.Where(other => other > axis))
                {
                    var both = Enumerable.Range(0, _regimes.Count).Where(r => _regimes.Active(r)[axis] && _regimes.Active(r)[other]).Select(r => (r, _shares[r]));
                    _forms.Ask(("pair", m, axis, other), [axis, other], _weights.Sum(both, m, 2));
                }

                for (var place = 0; place < _regimes.Deciding.Length; place++)
                {
                    for (var level = 0; level < _regimes.Levels[place]; level++)
                    {
                        _forms.Ask(("given", m, axis, (place * 256) + level), [axis], Main(m, axis, place, level));
                    }
                }
            }
        }
    }

    private void AskInner(int m, int one, int other)
    {
        bool[] active = [.. _regimes.Active(one).Zip(_regimes.Active(other), (a, b) => a && b)];
        foreach (var place in _regimes.Deciding)
        {
            active[place] = false;
        }

        _forms.AskAll(("inner", m, one, other), active, order => _weights.Of(one, m, order), order => _weights.Of(other, m, order), one == other);
    }

    // E over regimes of the effect of an axis; perhaps given the value of a deciding one.
    private double[] Main(int m, int axis, int? place, int level) => _weights.Sum(
        Enumerable.Range(0, _regimes.Count)
            .Where(r => _regimes.Active(r)[axis] && (place is null || _regimes.LevelOf(r, place.Value) == level))
            .Select(r => (r, _shares[r] / (place is null ? 1 : _regimes.Width(place.Value, level)))), m, 1);

    // E[f f'] of two regimes over the axes that do not decide.
    private double Inner(int m, int one, int other) => _weights.Mean(one, m) * _weights.Mean(other, m) + _forms.Of(("inner", m, Math.Min(one, other), Math.Max(one, other)));

    private double Alone(int m, int axis) => Place(axis) is >= 0 and var place ? VarianceOfMeans(m, [place]) : _forms.Of(("first", m, axis, 0));

    private double TotalOf(int m, int axis) => Over(r => _regimes.Active(r)[axis] ? _forms.WithAxis(("inner", m, r, r), axis) : 0);

    // V - Var(E[f | all others]).
    private double TotalOfDeciding(int m, int place) => Over(r => Inner(m, r, r))
        - Over(r =>
        {
            var sum = 0.0;
            for (var level = 0; level < _regimes.Levels[place]; level++)
            {
                sum += _regimes.Width(place, level) * Inner(m, r, _regimes.With(r, place, level));
            }

            return sum;
        });

    private double Together(int m, int one, int other) => (Place(one), Place(other)) switch
    {
        ( >= 0 and var i, >= 0 and var j) => VarianceOfMeans(m, [i, j]) - Alone(m, one) - Alone(m, other),
        ( >= 0 and var i, _) => Given(m, i, other) - Alone(m, other),
        (_, >= 0 and var j) => Given(m, j, one) - Alone(m, one),
        _ => _forms.Of(("pair", m, one, other)),
    };

    private double Given(int m, int place, int axis) =>
        Enumerable.Range(0, _regimes.Levels[place]).Sum(level => _regimes.Width(place, level) * _forms.Of(("given", m, axis, (place * 256) + level)));

    // The variance of the mean given some deciding axes.
    private double VarianceOfMeans(int m, int[] places)
    {
        var groups = Enumerable.Range(0, _regimes.Count).GroupBy(r => string.Join(',', places.Select(place => _regimes.LevelOf(r, place))), StringComparer.Ordinal);
        var (mean, square) = (0.0, 0.0);
        foreach (var group in groups)
        {
            var share = group.Sum(r => _shares[r]);
            var value = group.Sum(r => _shares[r] * _weights.Mean(r, m)) / share;
            mean += share * value;
            square += share * value * value;
        }

        return square - mean * mean;
    }
}
