using System.Collections.Immutable;
using System.Globalization;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>One study at work: the log, the fold, the sampler and the pruner together. Safe for concurrent use.</summary>
internal sealed class StudyEngine
{
    private readonly EngineOptions _options;
    private readonly Proposer _proposer;
    private readonly SpaceGrowth _growth = new();
    private readonly bool _prunes;

    private StudyEngine(EngineOptions options, IStudyLog log)
    {
        _options = options;
        _proposer = new Proposer(options);
        _prunes = options.Pruner is not NopPruner;
        Starter = new TrialStarter(this, options, _proposer);
        Ledger = new Ledger(log, new StudyState(options.Space, options.Signs, _growth));
    }

    public Ledger Ledger { get; }

    /// <summary>Begins trials.</summary>
    public TrialStarter Starter { get; }

    public string Name => _options.Name;

    public ImmutableArray<double> Signs => _options.Signs;

    public ILogger Logger => _options.Logger;

    public TimeProvider Time => _options.Time;

    public DateTimeOffset Now => _options.Time.GetUtcNow();

    public static async ValueTask<StudyEngine> OpenAsync(EngineOptions options, CancellationToken token)
    {
        var engine = new StudyEngine(options, await options.Storage.OpenAsync(options.Name, token).ConfigureAwait(false));
        await engine.Ledger.AppendAsync(new StudyCreated(engine.Now, options.Seed, options.Signs), token).ConfigureAwait(false);
        var created = engine.Ledger.Read(state => state.Created!);
        return created.Signs.AsSpan().SequenceEqual(options.Signs.AsSpan()) && created.Seed == options.Seed
            ? engine
            : throw new InvalidOperationException(
                $"A study is opened as it was created: '{options.Name}' has seed {created.Seed} and directions ({DirectionsOf(created.Signs)}), "
                + $"but was opened with seed {options.Seed} and directions ({DirectionsOf(options.Signs)}). Open it with its own, or take another name.");
    }

    /// <summary>Ends a trial that <see cref="LiveTrial.TryEnd"/> has sealed.</summary>
    public async ValueTask<FrozenTrial> EndAsync(LiveTrial trial, TrialState state, ImmutableArray<double> values, string? error)
    {
        await AppendEndAsync(trial, trial.EndedAs(state, values, error)).ConfigureAwait(false);
        var ended = Ledger.Read((all, number) => all[number].Ended!, trial.Number);
        Telemetry.TrialEnded(Name, ended);
        if (Logger.IsEnabled(LogLevel.Information))
        {
            Log.TrialEnded(Logger, ended.Number, ended.State, Words(ended.Values), ended.Parameters.ToString());
        }

        return ended;
    }

    /// <summary>Gives a sealed trial back: it waits to be tried again, with the same parameters.</summary>
    public async ValueTask ReleaseAsync(LiveTrial trial, string reason)
    {
        await AppendEndAsync(trial, new TrialReleased(Now, trial.Number, trial.Attempt, reason)).ConfigureAwait(false);
        Telemetry.Left(Name);
        Log.TrialReleased(Logger, trial.Number, reason);
    }

    /// <summary>Records a report.</summary>
    public void Record(LiveTrial trial, Report report) =>
        Blocking.Wait(Ledger.AppendAsync(new TrialReported(Now, trial.Number, trial.Attempt, report), CancellationToken.None));

    /// <summary>Asks the pruner, who knows in an ordered run what the sampler knew, and otherwise what is known by now.</summary>
    public bool ShouldPrune(LiveTrial trial)
    {
        if (!_prunes)
        {
            return false;
        }

        var horizon = trial.Horizon.IsOrdered ? trial.Horizon : CurrentHorizon(trial.Number);
        return _options.Pruner.ShouldPrune(trial.Observation, horizon.In(trial.Space));
    }

    /// <summary>Adds a parameter to a trial that asks for it unforeseen, and draws its value; all that was settled stays.</summary>
    public (SearchSpace Space, double[] Codes) Grow(LiveTrial trial, SearchSpace space, double[] codes, Configuration? given, Parameter parameter)
    {
        var grown = _growth.Extend(space, parameter);
        var settled = new double[grown.Count];
        Array.Fill(settled, double.NaN);
        codes.CopyTo(settled, 0);
        settled[grown.IndexOf(parameter.Name)] = FixedCode(given, parameter, trial.Number);
        return (grown, _proposer.Complete(trial.Horizon.In(grown), settled, "late:" + parameter.Name).Codes);
    }

    /// <summary>The law of the number of values.</summary>
    public void CheckCount(int values)
    {
        if (values != Signs.Length)
        {
            throw new ArgumentException($"A study has one value for each objective, but study '{Name}' has {Signs.Length} and was given {values}. Give one for each.");
        }
    }

    /// <summary>What a trial may know when results count as soon as they are there.</summary>
    public Horizon CurrentHorizon(int number) => Ledger.Read(
        (state, at) => new Horizon(
            at, state.ByCompletion, state.ByCompletion.Count, [.. state.Running.Where(other => other != at).Select(other => state[other])], state.Proposals,
            _options.Seed, Signs.Length, false),
        number);

    /// <summary>The code of a value that was set when the trial was enqueued; NaN if there is none, or it does not fit.</summary>
    public double FixedCode(Configuration? given, Parameter parameter, int number)
    {
        if (given is null)
        {
            return double.NaN;
        }

        var code = given.CodeFor(parameter);
        if (double.IsNaN(code) && given.TryGetValue(parameter.Name, out var value))
        {
            Log.DoesNotFit(Logger, number, parameter.Name, value, parameter);
        }

        return code;
    }

    private static string Words(ImmutableArray<double> values) => string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string DirectionsOf(ImmutableArray<double> signs) => string.Join(", ", signs.Select(sign => sign > 0 ? "minimize" : "maximize"));

    private async ValueTask AppendEndAsync(LiveTrial trial, StudyEvent end)
    {
        if (!await Ledger.AppendAsync(end, CancellationToken.None).ConfigureAwait(false))
        {
            Telemetry.Left(Name);
            throw new InvalidOperationException(
                $"A trial is ended once, by the worker that holds it, but trial {trial.Number} (attempt {trial.Attempt}) was ended or taken away by another. Its result was not recorded.");
        }
    }
}
