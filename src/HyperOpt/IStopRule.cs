namespace HyperOpt;

/// <summary>Decides when to end a run. Asked before each trial. A pure function of the status.</summary>
public interface IStopRule
{
    /// <summary>Why to end the run now, in words; null to go on.</summary>
    string? ReasonToStop(RunStatus status);
}
