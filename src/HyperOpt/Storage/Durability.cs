namespace HyperOpt.Storage;

/// <summary>When events are forced to the disk, so that they outlive a loss of power. They outlive their process in any case.</summary>
public enum Durability
{
    /// <summary>When a trial ends: what a loss of power may take is work that would be begun again.</summary>
    EachTrialEnd,

    /// <summary>After each append.</summary>
    EachEvent,

    /// <summary>When the operating system sees fit, commonly within half a minute.</summary>
    OperatingSystem,
}
