using System.Collections.Immutable;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.Tpe;

/// <summary>What a report at one step says of the end.</summary>
/// <param name="Loss">Of the loss; null with several objectives, and where the completed trials have no finite losses.</param>
/// <param name="Violations">Of each constraint; none if the completed trials had none.</param>
internal sealed record EndForecast(FinalValueForecast? Loss, ImmutableArray<ViolationForecast> Violations);
