"""Asks Optuna what its pruners decide in random cases, as golden data for the tests of HyperOpt's.

Not part of the build. It was run once, on Debian 12 with its packages python3-optuna 3.1.0-4 and python3-numpy 1.24.2
(the four pruners decide alike in Optuna's repository at 1d8ce7bb, August 2026: only docs and messages differ):

    /usr/bin/python3 benchmarks/peers/optuna_pruners.py > tests/HyperOpt.Tests/Pruners/Data/optuna-decisions.txt

A line is a case: pruner; direction; settings; the reports of a trial; the other trials; decisions. Reports are step:value, in the order of
reporting, in the user's direction. Other trials start with their state: C(ompleted), P(runed), F(ailed). There is a decision after each
report: 1 prune, 0 go on, i left out, because NumPy makes the percentile NaN beside an infinite neighbour, though the others reported numbers
(so Optuna never prunes there; HyperOpt differs on purpose).
"""

import math
import random
import warnings

import numpy
import optuna
from optuna.pruners import MedianPruner, PatientPruner, PercentilePruner, ThresholdPruner
from optuna.pruners import _percentile
from optuna.trial import TrialState

STATES = {"C": TrialState.COMPLETE, "P": TrialState.PRUNED, "F": TrialState.FAIL}
CASES = {"percentile": 250, "median": 150, "patient": 150, "threshold": 100}


def value(chance):
    odd = chance.random()
    if odd < 0.08:
        return math.nan
    if odd < 0.12:
        return math.inf
    if odd < 0.14:
        return -math.inf
    return chance.choice([chance.randint(-8, 8) / 4, round(chance.gauss(0, 1), 3)])


def curve(chance, steps):
    return {step: value(chance) for step in steps}


def steps(chance, irregular):
    if not irregular:
        return list(range(chance.randint(0, 9)))
    picked = sorted(chance.sample(range(24), chance.randint(0, 9)))
    if chance.random() < 0.3:
        chance.shuffle(picked)
    return picked


def settings_of(kind, chance):
    schedule = {"warmup": chance.choice([0, 0, 0, 1, 2, 5]), "interval": chance.choice([1, 1, 1, 2, 3, 10])}
    if kind == "threshold":
        lower, upper = sorted([chance.randint(-8, 8) / 4, chance.randint(-8, 8) / 4])
        bounds = {"lower": lower, "upper": upper}
        if chance.random() < 0.5:
            bounds.pop(chance.choice(["lower", "upper"]))
        return {**bounds, **schedule}
    if kind == "patient":
        return {"patience": chance.randint(0, 4), "delta": chance.choice([0, 0, 0.25, 1]), "wrapped": chance.choice([0, 1])}
    settings = {"startup": chance.choice([0, 0, 1, 2, 5]), **schedule, "min": chance.choice([1, 1, 1, 2, 4])}
    if kind == "percentile":
        settings["percentile"] = chance.choice([0, 10, 25, 29, 33.3, 62.5, 75, 90, 100])
    return settings


def pruner_of(kind, of):
    if kind == "median":
        return MedianPruner(of["startup"], of["warmup"], of["interval"], n_min_trials=of["min"])
    if kind == "percentile":
        return PercentilePruner(of["percentile"], of["startup"], of["warmup"], of["interval"], n_min_trials=of["min"])
    if kind == "threshold":
        return ThresholdPruner(of.get("lower"), of.get("upper"), of["warmup"], of["interval"])
    return PatientPruner(MedianPruner(0) if of["wrapped"] else None, of["patience"], of["delta"])


def decision(study, pruner, trial):
    """1, 0 or i."""
    pruned = int(pruner.prune(study, trial))
    rule = getattr(pruner, "_wrapped_pruner", pruner)
    if not isinstance(rule, PercentilePruner):
        return pruned
    step = trial.last_step
    completed = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    column = [t.intermediate_values[step] for t in completed if step in t.intermediate_values]
    numbers = [v for v in column if not math.isnan(v)]
    best = _percentile._get_best_intermediate_result_over_steps(trial, study.direction)
    if not numbers or math.isnan(best) or len(column) < rule._n_min_trials:
        return pruned
    limit = _percentile._get_percentile_intermediate_result_over_trials(
        completed, study.direction, step, rule._percentile, rule._n_min_trials
    )
    return "i" if math.isnan(limit) else pruned


def text(reports):
    return " ".join(f"{step}:{number:g}" for step, number in reports.items())


def case(kind, chance):
    direction = chance.choice(["minimize", "maximize"])
    settings = settings_of(kind, chance)
    irregular = chance.random() < 0.4
    study = optuna.create_study(direction=direction)
    others = []
    for _ in range(0 if kind == "threshold" else chance.randint(0, 9)):
        state = chance.choices("CPF", [8, 1, 1])[0]
        reports = curve(chance, steps(chance, irregular) or [0])
        final = chance.gauss(0, 1) if state == "C" else None
        study.add_trial(optuna.trial.create_trial(state=STATES[state], value=final, intermediate_values=reports))
        others.append(f"{state} {text(reports)}")
    pruner = pruner_of(kind, settings)
    reports = curve(chance, steps(chance, irregular) or [0])
    worse = chance.choice([0, 0, 1]) * (1 if direction == "minimize" else -1)  # or few would be pruned
    reports = {step: round(number + worse, 3) for step, number in reports.items()}
    trial = optuna.trial.create_trial(state=TrialState.RUNNING)
    decisions = ""
    for step, number in reports.items():
        trial.intermediate_values[step] = number
        decisions += str(decision(study, pruner, trial))
    listed = " ".join(f"{name}={setting:g}" for name, setting in settings.items())
    return ";".join([kind, direction, listed, text(reports), "|".join(others), decisions])


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    print(f"# Written by benchmarks/peers/optuna_pruners.py, which says what a line means, with optuna {optuna.__version__}, numpy {numpy.__version__}.")
    chance = random.Random(20260821)
    for kind, cases in CASES.items():
        for _ in range(cases):
            print(case(kind, chance))


main()
