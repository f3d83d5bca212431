"""How long Optuna's samplers think: the peer of `benchmarks -- speed`. Ten floats, the sphere, the whole loop in memory; one thread.

    OMP_NUM_THREADS=1 /usr/bin/python3 optuna_speed.py tpe 100,1000,10000 1000 [cpu]

Needs Optuna; PYTHONPATH may name a checkout. Histories are drawn at random first, as there. With "cpu" by processor time.
"""

import sys
import time

import optuna

from optuna_peer import allow_old_torch

optuna.logging.set_verbosity(optuna.logging.ERROR)
AXES = 10
BLOCK = 5
CLOCK = time.process_time if "cpu" in sys.argv else time.perf_counter


def objective(trial):
    return sum(trial.suggest_float(f"x{i}", -5, 5) ** 2 for i in range(AXES))


def make(name):
    samplers = optuna.samplers
    return {
        "random": lambda: samplers.RandomSampler(seed=1),
        "tpe": lambda: samplers.TPESampler(seed=1),
        "gp": lambda: samplers.GPSampler(seed=1),
        "cmaes": lambda: samplers.CmaEsSampler(seed=1),
        "nsga2": lambda: samplers.NSGAIISampler(seed=1),
    }[name]()


def whole(name, trials):
    study = optuna.create_study(sampler=make(name))
    start = CLOCK()
    study.optimize(objective, n_trials=trials)
    return 1000 * (CLOCK() - start)


def at(name, history):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    study.optimize(objective, n_trials=history)
    study.sampler = make(name)
    study.optimize(objective, n_trials=1)
    times = []
    for _ in range(3):
        start = CLOCK()
        study.optimize(objective, n_trials=BLOCK)
        times.append(1000 * (CLOCK() - start) / BLOCK)
    return min(times)


def main(names, histories, trials):
    for name in names.split(","):
        if name == "gp":
            allow_old_torch(optuna)
        figures = "  ".join(f"ms at {history}: {at(name, history):.2f}" for history in map(int, histories.split(",")))
        print(f"optuna {optuna.__version__} {name}  {trials} trials: {whole(name, trials):.0f} ms  {figures}", flush=True)


if __name__ == "__main__":
    main(*(sys.argv[1:3]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000)
