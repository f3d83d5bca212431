"""Asks Optuna what its halving, Hyperband and Wilcoxon pruners decide in whole studies, as golden data for the tests of HyperOpt's.

Not part of the build. It was run once, with Optuna's repository at 1d8ce7bb (5.0.0.dev, August 2026), Debian 12's Python 3.11, NumPy 1.24.2
and SciPy 1.10.1:

    PYTHONPATH=<a checkout of optuna> /usr/bin/python3 benchmarks/peers/optuna_halving.py > tests/HyperOpt.Tests/Pruners/Data/optuna-studies.txt

A line is a study whose trials ran one after the other: pruner; direction; settings; the trials; what became of them; brackets. Trials are
separated by |, their reports are step:value in the user's direction. What became of them: for each trial the index of the report after
which it was pruned, or c for completed. Brackets: of Hyperband, for each trial. Wilcoxon has p-values instead: the one that decided.
Left out, because HyperOpt differs on purpose: resources that Optuna estimates ("auto": the trials before the estimate compete nowhere), and
differences of zero or of one size in a signed-rank test (SciPy then takes the normal approximation, or the distribution without ties). A trial's value is its last report, in Wilcoxon's studies the mean of its reports.
"""

import math
import random
import warnings

import optuna
import scipy.stats
from optuna.pruners import HyperbandPruner, SuccessiveHalvingPruner, WilcoxonPruner

STUDIES = {"halving": 40, "hyperband": 40, "wilcoxon": 60}


def settings_of(kind, chance):
    if kind == "halving":
        return {"min": chance.choice([1, 1, 2, 3]), "factor": chance.choice([2, 3, 4]), "rate": chance.choice([0, 0, 1, 2]), "bootstrap": chance.choice([0, 0, 0, 1, 3])}
    if kind == "hyperband":
        return {"min": chance.choice([1, 1, 2, 3]), "max": chance.choice([9, 20, 27]), "factor": chance.choice([2, 3, 4]), "bootstrap": chance.choice([0, 0, 1])}
    return {"p": chance.choice([0.05, 0.1, 0.1, 0.3]), "startup": chance.choice([0, 2, 3, 5])}


def pruner_of(kind, of):
    if kind == "halving":
        return SuccessiveHalvingPruner(of["min"], of["factor"], of["rate"], of["bootstrap"])
    if kind == "hyperband":
        return HyperbandPruner(of["min"], of["max"], of["factor"], of["bootstrap"])
    return WilcoxonPruner(p_threshold=of["p"], n_startup_steps=of["startup"])


def curves_of(kind, chance, maximize):
    trials = []
    sign = -1 if maximize else 1
    if kind == "wilcoxon":
        instances = chance.choice([6, 10, 20, 60])
        hard = [chance.gauss(0, 1) for _ in range(instances)]
        for _ in range(6):
            shift = chance.gauss(0, 0.6)
            order = chance.sample(range(instances), instances)
            values = {at: hard[at] + shift + chance.gauss(0, 0.7) for at in order}
            trials.append({at: sign * round(value, 3) for at, value in values.items()})
            if chance.random() < 0.1:
                trials[-1][order[0]] = math.nan
        return trials
    first, length = chance.choice([0, 1]), chance.choice([9, 20, 27])
    coarse = chance.random() < 0.3
    for _ in range(chance.randint(5, 40)):
        floor, height = chance.random(), 2 * chance.random()
        curve = {}
        for step in range(first, first + length):
            value = floor + height / (step + 1) + 0.1 * chance.random()
            curve[step] = sign * round(value, 1 if coarse else 3)
            if chance.random() < 0.005:
                curve[step] = math.nan
        curve[first + length - 1] = sign * round(floor, 3)
        trials.append(curve)
    return trials


def run(kind, chance):
    maximize = chance.random() < 0.5
    settings = settings_of(kind, chance)
    pruner = pruner_of(kind, settings)
    study = optuna.create_study(direction="maximize" if maximize else "minimize", pruner=pruner, study_name=f"s{chance.randint(0, 10**6)}")
    curves = curves_of(kind, chance, maximize)
    fates, extras = [], []
    for curve in curves:
        trial = study.ask()
        fate = "c"
        deciding = math.nan
        for at, (step, value) in enumerate(curve.items()):
            trial.report(value, step)
            if kind == "wilcoxon":
                deciding = p_of(study, trial, maximize, deciding)
            if trial.should_prune():
                fate = str(at)
                break
        if fate == "c":
            last = [value for value in curve.values() if not math.isnan(value)]
            study.tell(trial, sum(last) / len(last) if kind == "wilcoxon" else list(curve.values())[-1])
        else:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        fates.append(fate)
        extras.append(f"{deciding:.6g}" if kind == "wilcoxon" else "0")
    if kind == "hyperband":
        extras = [str(pruner._get_bracket_id(study, trial)) for trial in study.trials]
    listed = " ".join(f"{name}={setting:g}" for name, setting in settings.items())
    trials = "|".join(" ".join(f"{step}:{value:g}" for step, value in curve.items()) for curve in curves)
    return ";".join([kind, "maximize" if maximize else "minimize", listed, trials, " ".join(fates), " ".join(extras)])


def p_of(study, trial, maximize, before):
    try:
        best = study.best_trial.intermediate_values
    except ValueError:
        return before
    own = study.trials[-1].intermediate_values
    pairs = [own[step] - best[step] for step in own if step in best]
    if len(pairs) < 2 or any(math.isnan(value) for value in [*own.values(), *best.values()]):
        return before
    return scipy.stats.wilcoxon(pairs, alternative="less" if maximize else "greater", zero_method="zsplit").pvalue


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    print(f"# Written by benchmarks/peers/optuna_halving.py, which says what a line means, with optuna {optuna.__version__}, scipy {scipy.__version__}.")
    chance = random.Random(20261121)
    for kind, studies in STUDIES.items():
        for _ in range(studies):
            print(run(kind, chance))


main()
