namespace HyperOpt.Storage;

/// <summary>The study that somebody works on was deleted by somebody else.</summary>
public sealed class StudyDeletedException : InvalidOperationException
{
    /// <summary>A study was deleted.</summary>
    public StudyDeletedException()
        : this("study")
    {
    }

    /// <summary>The study of a name was deleted.</summary>
    /// <param name="study">Its name.</param>
    public StudyDeletedException(string study)
        : base($"A study can be worked on until it is deleted, but '{study}' has been. Create it anew, or take another.")
    {
    }

    /// <summary>The study of a name was deleted, as something else showed.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="inner">What showed it.</param>
    public StudyDeletedException(string study, Exception inner)
        : base($"A study can be worked on until it is deleted, but '{study}' has been. Create it anew, or take another.", inner)
    {
    }
}
