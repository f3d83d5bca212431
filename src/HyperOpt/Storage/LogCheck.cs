using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage;

/// <summary>Whether events that somebody hands in make a study: a log is trusted once it is in a storage, so nothing may come in that breaks who reads it.</summary>
internal sealed class LogCheck(int count)
{
    public const string Remedy = "The file is damaged or was changed: export the study again.";

    /// <summary>Far more than any trial is begun.</summary>
    private const int MaxAttempts = 1 << 16;

    private readonly ClaimSet _claims = new();
    private readonly Dictionary<int, (int Attempt, TrialState State)> _trials = [];
    private readonly HashSet<int> _parents = [];
    private int _objectives;
    private int _version;
    private int _added;

    /// <summary>Takes in the next event.</summary>
    /// <exception cref="InvalidDataException">It cannot stand there.</exception>
    public void Add(StudyEvent entry)
    {
        Require(++_added <= count, "An exported study has as many events as its header says", $"there is one more than {count}");
        Require(_added == 1 == entry is StudyCreated, "A study begins once, with its first event", $"event {_added} is {entry.GetType().Name}");
        Require(
            entry is not TrialRestored { Attempt: < 0 or > MaxAttempts },
            "Attempts are counted from 0", $"trial {NumberOf(entry)} has another number"); // before its claims are asked for: there are two an attempt
        Require(_claims.Allows([entry]), "A trial is taken, begun and ended once", $"{entry.GetType().Name} of trial {NumberOf(entry)} stands there twice");
        _claims.Note(entry);
        if (NumberOf(entry) is { } number)
        {
            CheckNumber(entry, number);
        }

        switch (entry)
        {
            case StudyCreated created:
                _objectives = created.Signs.Length;
                Require(_objectives > 0, "A study has an objective", "there is none");
                foreach (var trial in created.Sources.SelectMany(source => source.Trials))
                {
                    CheckValues(-1, trial.Parameters);
                    Require(trial.Losses.Length == _objectives && trial.Losses.All(double.IsFinite), "A source's trial has a finite loss for each objective", $"one has ({string.Join(", ", trial.Losses)})");
                }

                break;
            case SpaceChanged changed:
                Require(changed.Version == ++_version, "Changes of the space are counted from 1", $"number {_version} has {changed.Version}");
                break;
            case TrialEnqueued enqueued:
                CheckValues(enqueued.Number, enqueued.Fixed);
                break;
            case TrialStarted started:
                Require(_trials[started.Number] == (started.Attempt, TrialState.Waiting), "A trial is begun while it waits, attempt after attempt", $"trial {started.Number} is begun as attempt {started.Attempt}");
                _trials[started.Number] = (started.Attempt, TrialState.Running);
                CheckBeginning(started.Number, started.Proposed, started.Parent);
                break;
            case TrialReleased released:
                End(released.Number, released.Attempt, (released.Attempt + 1, TrialState.Waiting));
                break;
            case TrialProposed proposed:
                CheckBeginning(proposed.Number, proposed.Proposed, proposed.Parent);
                break;
            case TrialReported reported:
                CheckReport(reported.Number, reported.Report);
                break;
            case TrialEnded ended:
                End(ended.Number, ended.Attempt, (ended.Attempt, ended.State));
                CheckEnd(ended.Number, ended.State, ended.Values);
                CheckValues(ended.Number, ended.Parameters);
                break;
            case TrialRestored restored:
                CheckRestored(restored);
                break;
        }
    }

    /// <summary>There are no more events.</summary>
    /// <exception cref="InvalidDataException">Some are missing.</exception>
    public void End()
    {
        Require(_added == count && count > 0, "An exported study has as many events as its header says", $"there are {_added} instead of {count}: the file was cut off");
        Require(_trials.Keys.All(number => number < _trials.Count), "Trials are numbered from 0 without gaps", $"there are {_trials.Count} up to number {_trials.Keys.Append(-1).Max()}");
        Require(_parents.IsSubsetOf(_trials.Keys), "A parent is a trial of the study", $"trial {_parents.Except(_trials.Keys).FirstOrDefault()} is none");
    }

    private static int? NumberOf(StudyEvent entry) => entry switch
    {
        TrialEnqueued enqueued => enqueued.Number,
        TrialStarted started => started.Number,
        TrialProposed proposed => proposed.Number,
        TrialReported reported => reported.Number,
        TrialReleased released => released.Number,
        TrialEnded ended => ended.Number,
        ArtifactSaved saved => saved.Number,
        ArtifactDeleted deleted => deleted.Number,
        TrialRestored restored => restored.Trial.Number,
        _ => null,
    };

    private static void Require(bool holds, string law, string facts)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{law}, but {facts}. {Remedy}");
        }
    }

    private void CheckNumber(StudyEvent entry, int number)
    {
        var isFirst = entry is TrialEnqueued or TrialStarted { IsNew: true } or TrialRestored;
        Require(number >= 0 && number < count, "Trials are numbered from 0 without gaps", $"{entry.GetType().Name} has {number}");
        Require(isFirst || _trials.ContainsKey(number), "A trial is taken before anything else happens to it", $"trial {number} is not");
        _trials.TryAdd(number, (0, TrialState.Waiting));
    }

    private void End(int number, int attempt, (int, TrialState) after)
    {
        Require(_trials[number] == (attempt, TrialState.Running), "An attempt ends while it is under way", $"attempt {attempt} at trial {number} is not");
        _trials[number] = after;
    }

    private void CheckBeginning(int number, Configuration? proposed, int? parent)
    {
        CheckValues(number, proposed);
        if (parent is { } known)
        {
            _parents.Add(known);
        }
    }

    private void CheckRestored(TrialRestored restored)
    {
        var trial = restored.Trial;
        _trials[trial.Number] = (restored.Attempt, trial.State);
        CheckBeginning(trial.Number, restored.Proposed, trial.Parent);
        CheckValues(trial.Number, restored.Fixed);
        CheckValues(trial.Number, trial.Parameters);
        if (trial.State == TrialState.Running)
        {
            Require(restored.Worker is not null, "A trial under way has a worker", $"trial {trial.Number} has none");
        }
        else if (trial.State != TrialState.Waiting)
        {
            CheckEnd(trial.Number, trial.State, trial.Values);
        }

        foreach (var report in trial.Reports)
        {
            CheckReport(trial.Number, report);
        }
    }

    private void CheckReport(int number, Report report)
    {
        Require(report.Step >= 0, "Steps are counted from 0", $"trial {number} has {report.Step}");
        Require(report.Values.Length == _objectives, "A report has one value for each objective", $"trial {number} has {report.Values.Length}");
    }

    private void CheckEnd(int number, TrialState state, ImmutableArray<double> values)
    {
        Require(state is TrialState.Completed or TrialState.Pruned or TrialState.Failed, "A trial ends as Completed, Pruned or Failed", $"trial {number} ended as {state}");
        var isRight = values.Length == _objectives ? state != TrialState.Completed || !values.Any(double.IsNaN) : values.IsEmpty && state != TrialState.Completed;
        Require(isRight, "A trial that completed has one value for each objective", $"trial {number} ({state}) has ({string.Join(", ", values)})");
    }

    private void CheckValues(int number, Configuration? configuration)
    {
        Require(configuration is null || configuration.Version <= _version, "Values are of a space that the study has had", $"trial {number} has some of version {configuration?.Version}");
        for (var axis = 0; axis < configuration?.Codes.Length; axis++)
        {
            var (parameter, code) = (configuration.Space[axis], configuration.Codes[axis]);
            Require(
                double.IsNaN(code) || (parameter.Texts.IsEmpty ? parameter.TryReadCode(parameter.TextOf(code), out _) : code >= 0 && code < parameter.Texts.Length && double.IsInteger(code)),
                "A value is in the domain of its parameter", $"trial {number} has {code} for ({parameter})");
        }
    }
}
