namespace HyperOpt.Storage;

/// <summary>How to open a study.</summary>
public enum OpenMode
{
    /// <summary>Open it, or create it if there is none.</summary>
    OpenOrCreate,

    /// <summary>Open it; there must be one.</summary>
    Open,

    /// <summary>Open it for reading only, without ever blocking who writes; there must be one.</summary>
    Read,
}
