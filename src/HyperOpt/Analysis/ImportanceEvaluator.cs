namespace HyperOpt.Analysis;

/// <summary>
/// A way to say how important parameters are. The set is closed: <see cref="GaussianProcessImportance"/>, <see cref="ForestImportance"/>,
/// <see cref="ImpurityImportance"/> and <see cref="PedAnovaImportance"/>. A pure function of the trials and a seed; immutable.
/// </summary>
public abstract record ImportanceEvaluator
{
    private protected ImportanceEvaluator()
    {
    }

    /// <summary>What reports call it.</summary>
    internal abstract string Title { get; }

    /// <summary>Evaluates trials of which there are enough, and whose losses differ.</summary>
    internal abstract SobolIndices Evaluate(ImportanceData data);
}
