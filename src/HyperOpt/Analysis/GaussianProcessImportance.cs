namespace HyperOpt.Analysis;

/// <summary>
/// Sobol indices of a Gaussian process fitted to the trials, whose kernel is a sum over subsets of parameters: first-order and total ones, and pairs, with standard
/// errors. The default, and by far the most exact: see docs/importance.md.
/// </summary>
/// <remarks>
/// <para>
/// The model is orthogonal (Durrande et al. 2013, 10.1016/j.jmva.2012.08.016; Lu et al. 2022, arXiv:2206.09861), with interactions of up to three parameters, so that the indices
/// (Sobol 1993; Homma and Saltelli 1996, 10.1016/0951-8320(96)00002-6) have a closed form, on conditional spaces too.
/// </para>
/// <para>
/// They are indices over the whole space, each parameter uniform on its scale, whatever the density of the trials: where a sampler has looked often the model is surer, no more.
/// Noise of the target is estimated and is no part of the variance. Uses at most 1,000 trials, at equal intervals, and at most 500 if
/// some parameters are inactive in some trials, down to 150 where conditions make many cases.
/// </para>
/// </remarks>
public sealed record GaussianProcessImportance : ImportanceEvaluator
{
    /// <summary>How many trials the model is of.</summary>
    private const int MostTrials = 1000;

    private const int MostConditional = 500;
    private const int LeastConditional = 150;
    private const double MostProducts = 2e6; // pairs of trials times pairs of regimes

    internal override string Title => "GP-Sobol";

    internal override SobolIndices Evaluate(ImportanceData data)
    {
        var axes = data.Varied;
        var regimes = data.IsComplete(axes) ? null : new Regimes(data, axes);
        var kept = AnovaModel.Spread(data.Points.Length, regimes is null ? MostTrials : Math.Clamp((int)Math.Sqrt(MostProducts / regimes.Comparisons), LeastConditional, MostConditional));
        OrthonormalBasis[] bases = [.. axes.Select(axis => new OrthonormalBasis(data.Space[axis]))];
        double[][] points = [.. kept.Select(at => axes.Select(axis => data.Points[at][axis]).ToArray())];
        var fitted = SpreadSelection.Of([.. axes.Select(axis => data.Space[axis])], points, AnovaModel.MostFitted, data.Seed);
        var model = new AnovaModel(bases, fitted, points, [.. kept.Select(at => data.Losses[at])]);
        return data.Spread(axes, regimes is null ? AnovaIndices.Of(model) : new RegimeIndices(model, regimes).Of());
    }
}
