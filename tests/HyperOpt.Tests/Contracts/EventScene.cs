using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>The random life of a study as events of every kind, in an order that could have come about.</summary>
internal sealed record EventScene(int Trials, int Chance)
{
    public static Arbitrary<EventScene> Any { get; } = Arb.From(
        from trials in Gen.Choose(0, 12)
        from chance in Gen.Choose(0, int.MaxValue - 1)
        select new EventScene(trials, chance),
        scene => Enumerable.Range(0, scene.Trials).Select(trials => scene with { Trials = trials }));

    public ImmutableArray<StudyEvent> Events()
    {
        var odd = new OddValues(new Xoshiro256StarStar((ulong)Chance));
        var events = ImmutableArray.CreateBuilder<StudyEvent>();
        var underWay = new List<Queue<StudyEvent>>();
        var begun = 0;
        odd.Objectives = 1 + odd.Below(3);
        ImmutableArray<StudySource> sources = [.. Enumerable.Range(0, odd.Below(3)).Select(_ => new StudySource(odd.Text(), [.. Enumerable.Range(0, odd.Below(3)).Select(_ => new SourceTrial(odd.Configuration(), odd.Losses()))]))];
        ImmutableArray<double> signs = [.. Enumerable.Range(0, odd.Objectives).Select(_ => odd.Truth() ? 1.0 : -1.0)];
        events.Add(new StudyCreated(odd.Time(), odd.Bits(), signs) { Id = $"{odd.Bits():x16}{odd.Bits():x16}", Sources = sources });
        while (underWay.Count > 0 || begun < Trials)
        {
            // A number is taken only after those below it.
            var at = odd.Below(underWay.Count + (begun < Trials ? 1 : 0));
            if (at == underWay.Count)
            {
                underWay.Add(new Queue<StudyEvent>(Story(begun++, odd)));
            }

            events.Add(underWay[at].Dequeue());
            underWay.RemoveAll(told => told.Count == 0);
            Aside(events, odd);
        }

        return events.ToImmutable();
    }

    private static void Aside(ImmutableArray<StudyEvent>.Builder events, OddValues odd)
    {
        switch (odd.Below(16))
        {
            case 2:
                events.Add(odd.Change());
                break;
            case 0:
                events.Add(new StudyAttributeSet(odd.Time(), odd.Text(), odd.Attribute()));
                break;
            case 1:
                events.Add(new WorkerAlive(odd.Time(), odd.Text()));
                break;
        }
    }

    private static IEnumerable<StudyEvent> Story(int number, OddValues odd)
    {
        if (odd.Below(8) == 0)
        {
            yield return Restored(number, odd);
            yield break;
        }

        var isEnqueued = odd.Below(3) == 0;
        var proposed = odd.Configuration();
        var isSettled = odd.Truth();
        if (isEnqueued)
        {
            yield return new TrialEnqueued(odd.Time(), number, odd.Configuration());
        }

        var attempts = odd.Below(3);
        for (var attempt = 0; attempt <= attempts; attempt++)
        {
            yield return new TrialStarted(
                odd.Time(), number, attempt, odd.Text(), attempt == 0 && !isEnqueued, isSettled ? proposed : null, odd.Truth() ? odd.Below(number + 1) : null)
            {
                Reason = isSettled ? Reason(odd) : null,
            };
            if (!isSettled)
            {
                yield return new TrialProposed(odd.Time(), number, proposed, odd.Truth() ? odd.Below(number + 1) : null) { Reason = Reason(odd) };
                isSettled = true;
            }

            foreach (var happening in UnderWay(number, attempt, odd))
            {
                yield return happening;
            }

            if (attempt < attempts)
            {
                yield return new TrialReleased(odd.Time(), number, attempt, odd.Text(), odd.Truth());
            }
        }

        if (odd.Below(5) > 0)
        {
            yield return Ended(number, attempts, odd.Truth() ? proposed : odd.Truth() ? odd.Part(proposed) : odd.Configuration(), odd);
        }
    }

    private static ProposalReason? Reason(OddValues odd) => odd.Truth() ? null : new ProposalReason("s" + odd.Text())
    {
        Choice = odd.Truth() ? odd.Text() : null,
        Model = odd.Truth() ? odd.Text() : null,
        Acquisition = odd.Truth() ? odd.Number() : null,
        Mean = odd.Truth() ? odd.Number() : null,
        Spread = odd.Truth() ? odd.Number() : null,
        Fallback = odd.Truth() ? odd.Text() : null,
    };

    private static IEnumerable<StudyEvent> UnderWay(int number, int attempt, OddValues odd)
    {
        for (var step = odd.Below(4); step > 0; step--)
        {
            yield return new TrialReported(odd.Time(), number, attempt, new Report(odd.Below(100) == 0 ? int.MaxValue : odd.Below(9), odd.Numbers()));
        }

        if (odd.Below(4) == 0)
        {
            var artifact = odd.Artifact();
            yield return new ArtifactSaved(odd.Time(), number, attempt, artifact);
            if (odd.Truth())
            {
                yield return new ArtifactDeleted(odd.Time(), number, artifact.Name);
            }
        }
    }

    private static TrialEnded Ended(int number, int attempt, Configuration parameters, OddValues odd)
    {
        var state = odd.EndState();
        return new TrialEnded(odd.Time(), number, attempt, state)
        {
            Values = odd.Values(state),
            Parameters = parameters,
            Constraints = odd.Numbers(),
            Attributes = odd.Attributes(),
            Error = odd.Truth() ? odd.Text() : null,
            Pruning = state == TrialState.Pruned && odd.Truth() ? Decision(odd) : null,
        };
    }

    private static PruningDecision Decision(OddValues odd) => new()
    {
        Rule = odd.Text(),
        Step = odd.Below(100),
        Reason = odd.Text(),
        Figures = PruningDecision.NoFigures.AddRange(odd.Numbers().Select((number, at) => KeyValuePair.Create($"figure {at}", number))),
    };

    private static TrialRestored Restored(int number, OddValues odd)
    {
        var state = odd.Truth() ? odd.EndState() : odd.Truth() ? TrialState.Running : TrialState.Waiting;
        var proposed = state == TrialState.Waiting && odd.Truth() ? null : odd.Configuration();
        var worker = state == TrialState.Waiting ? null : odd.Text();
        var attempt = odd.Below(3);
        var trial = new FrozenTrial
        {
            Number = number,
            State = state,
            Values = odd.Values(state),
            Parameters = proposed is null ? Configuration.Empty : odd.Truth() ? proposed : odd.Part(proposed),
            Reports = [.. Enumerable.Range(0, odd.Below(4)).Select(step => new Report(step, odd.Numbers()))],
            Attributes = odd.Attributes(),
            Constraints = odd.Numbers(),
            Artifacts = odd.Truth() ? FrozenTrial.NoArtifacts.SetItem("a/b", new Artifact("a/b", odd.Below(1000), "00ff", "1-2-3")) : FrozenTrial.NoArtifacts,
            Parent = odd.Truth() ? odd.Below(number + 1) : null,
            Worker = worker,
            Retries = attempt,
            Error = odd.Truth() ? odd.Text() : null,
            Pruning = state == TrialState.Pruned && odd.Truth() ? Decision(odd) : null,
            StartedAt = odd.Truth() ? odd.Time() : null,
            FinishedAt = odd.Truth() ? odd.Time() : null,
        };
        return new TrialRestored(odd.Time(), trial, attempt, odd.Below(2))
        {
            Proposed = proposed,
            Fixed = odd.Below(4) == 0 ? odd.Configuration() : null,
            Worker = worker,
        };
    }
}
