namespace HyperOpt;

/// <summary>Which values of an objective are better.</summary>
public enum Direction
{
    /// <summary>Less is better.</summary>
    Minimize,

    /// <summary>More is better.</summary>
    Maximize,
}
