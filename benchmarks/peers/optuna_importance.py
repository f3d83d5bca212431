"""Optuna's evaluators of importance: the peer of `benchmarks -- importance`, and the golden values of tests/HyperOpt.Tests/Analysis.

    OMP_NUM_THREADS=1 /usr/bin/python3 optuna_importance.py golden        what the tests compare with
    OMP_NUM_THREADS=1 /usr/bin/python3 optuna_importance.py speed         milliseconds at 1,000 trials of 10 parameters
    OMP_NUM_THREADS=1 /usr/bin/python3 optuna_importance.py accuracy      errors of first-order indices, as in docs/importance.md

Needs Optuna and, for forests, scikit-learn; PYTHONPATH may name a checkout.
"""

import math
import sys
import time
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import (
    FanovaImportanceEvaluator,
    MeanDecreaseImpurityImportanceEvaluator,
    PedAnovaImportanceEvaluator,
    get_param_importances,
)

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
EVALUATORS = {
    "fANOVA": lambda seed: FanovaImportanceEvaluator(seed=seed),
    "MDI": lambda seed: MeanDecreaseImpurityImportanceEvaluator(seed=seed),
    "PED-ANOVA": lambda seed: PedAnovaImportanceEvaluator(),
}


def study_of(rows):
    study = optuna.create_study()
    study.add_trials([optuna.trial.create_trial(params=p, distributions=d, value=v) for p, d, v in rows])
    return study


def golden_rows(trials=300):
    """Points of an additive recurrence, so that any language makes the same."""
    for i in range(1, trials + 1):
        u = [math.fmod(i * a, 1.0) for a in (0.8566748838545029, 0.7338918566271260, 0.6287067210378087, 0.5385972572236101, 0.4614020000000000)]
        params = {"x": u[0], "y": -2 + 4 * u[1], "n": 1 + int(8 * u[2])}
        dists = {"x": FloatDistribution(0, 1), "y": FloatDistribution(-2, 2), "n": IntDistribution(1, 8)}
        yield params, dists, u, 3 * params["x"] ** 2 + math.sin(2 * params["y"]) + 0.1 * params["n"] + params["x"] * params["y"]


def golden_numeric():
    return study_of([(p, d, v) for p, d, _, v in golden_rows()])


def golden_mixed():
    rows = []
    for params, dists, u, value in golden_rows():
        kind = ("a", "b", "c")[int(3 * u[3])]
        params, dists = dict(params, kind=kind), dict(dists, kind=CategoricalDistribution(("a", "b", "c")))
        if kind == "b":
            params["rate"] = math.exp(math.log(1e-4) + u[4] * math.log(1e4))
            dists["rate"] = FloatDistribution(1e-4, 1, log=True)
            value += 0.3 * math.log10(params["rate"]) + 1
        rows.append((params, dists, value))
    return study_of(rows)


def golden():
    for name in ("fANOVA", "MDI"):
        values = [get_param_importances(golden_numeric(), evaluator=EVALUATORS[name](seed)) for seed in range(5)]
        for parameter in ("x", "y", "n"):
            column = [v[parameter] for v in values]
            print(f"{name} {parameter} {np.mean(column):.4f} ± {np.std(column):.4f}")
    for title, evaluator in (
        ("PED", PedAnovaImportanceEvaluator()),
        ("PED region 0.5", PedAnovaImportanceEvaluator(region_quantile=0.5)),
        ("PED space", PedAnovaImportanceEvaluator(evaluate_on_local=False)),
    ):
        print(title, {k: f"{v:.12f}" for k, v in get_param_importances(golden_mixed(), evaluator=evaluator).items()})


def ishigami(u):
    x = math.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(a):
    a = np.array(a)
    v = 1 / (3 * (1 + a) ** 2)
    return lambda u: np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1), v / (np.prod(1 + v) - 1)


FUNCTIONS = {"Ishigami": (ishigami, np.array([0.3139, 0.4424, 0.0]))}
for title, a in (("g of 3", [1, 2, 3]), ("g of 8", [0, 1, 4.5, 9, 99, 99, 99, 99]), ("g of 10", [0, 0.5, 1, 2, 4.5, 9, 99, 99, 99, 99])):
    FUNCTIONS[title] = g_function(a)


def random_study(function, axes, trials, seed):
    u = np.random.default_rng(seed).random((trials, axes))
    dists = {f"x{i}": FloatDistribution(0, 1) for i in range(axes)}
    return study_of([({f"x{i}": float(row[i]) for i in range(axes)}, dists, float(v)) for row, v in zip(u, function(u))])


def accuracy():
    for title, (function, first) in FUNCTIONS.items():
        for trials in (100, 1000):
            for name, make in EVALUATORS.items():
                errors = []
                for seed in range(3):
                    found = get_param_importances(random_study(function, len(first), trials, seed), evaluator=make(seed), normalize=name != "fANOVA")
                    errors.append(max(abs(found[f"x{i}"] - s) for i, s in enumerate(first)))
                print(f"{title}, {trials} trials, {name}: mean of the largest error {np.mean(errors):.3f}", flush=True)


def speed():
    study = random_study(FUNCTIONS["g of 10"][0], 10, 1000, 0)
    for name, make in reversed(EVALUATORS.items()):
        times = []
        for _ in range(1 if name == "fANOVA" else 3):
            start = time.process_time()
            get_param_importances(study, evaluator=make(0))
            times.append(1000 * (time.process_time() - start))
        print(f"optuna {optuna.__version__} {name}: {min(times):.0f} ms of processor", flush=True)


if __name__ == "__main__":
    {"golden": golden, "speed": speed, "accuracy": accuracy}[sys.argv[1]]()
