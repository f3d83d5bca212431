namespace HyperOpt.Samplers;

/// <summary>By what a population of <see cref="NsgaSampler"/> tells apart trials of the same front.</summary>
public enum NsgaSelection
{
    /// <summary>By what each dominates alone with up to four objectives, by reference directions with more.</summary>
    Automatic,

    /// <summary>NSGA-II: the room between a trial's neighbours. Deb et al. 2002, 10.1109/4235.996017.</summary>
    Crowding,

    /// <summary>NSGA-III: how many trials lie in the same of some evenly spread directions. Deb and Jain 2014, 10.1109/TEVC.2013.2281535.</summary>
    Directions,

    /// <summary>SMS-EMOA: the volume that a trial dominates alone. Beume, Naujoks and Emmerich 2007, 10.1016/j.ejor.2006.08.008.</summary>
    Hypervolume,
}
