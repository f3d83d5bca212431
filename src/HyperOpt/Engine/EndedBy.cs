namespace HyperOpt.Engine;

/// <summary>Who ended a trial; whoever comes first does.</summary>
internal enum EndedBy
{
    Nobody,

    /// <summary>Its evaluation, by returning or throwing.</summary>
    Evaluation,

    /// <summary>Somebody who told the study.</summary>
    Tell,

    /// <summary>The run, because it did not stop when told to.</summary>
    Neglect,
}
