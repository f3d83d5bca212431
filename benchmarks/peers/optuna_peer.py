"""Optuna on the problems of HyperOpt's quality suite, evaluated by HyperOpt itself: see README.md beside this file.

    nice -n 15 /usr/bin/python3 benchmarks/peers/optuna_peer.py --optuna /work/peers/optuna5 --samplers optuna-tpe --seeds 30 --out benchmarks/peers/optuna-5.csv

Not part of the build. What is in the file is not run again.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
import warnings

from results import Results

MARKS = [10, 20, 30, 50, 100, 200, 400, 500, 1000, 2000]


class Server:
    """The program that evaluates: `HyperOpt.Benchmarks evaluate`."""

    def __init__(self, dll):
        self._process = subprocess.Popen(["dotnet", dll, "evaluate"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, **request):
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply = self._process.stdout.readline()
        if not reply:
            raise RuntimeError(f"the server died at {request}")
        return json.loads(reply)


def suggest(trial, parameters):
    """Define-by-run: a parameter is asked for if the values of its parents say so. Ordered lists go by their index, so that Optuna knows the order."""
    values = {}
    for parameter in parameters:
        if all(condition["parent"] in values and values[condition["parent"]] in condition["values"] for condition in parameter["conditions"]):
            name, kind = parameter["name"], parameter["kind"]
            if kind == "float":
                values[name] = trial.suggest_float(name, parameter["low"], parameter["high"], step=parameter["step"], log=parameter["log"])
            elif kind == "int":
                values[name] = trial.suggest_int(name, int(parameter["low"]), int(parameter["high"]), step=int(parameter["step"]), log=parameter["log"])
            elif kind == "ordinal":
                values[name] = trial.suggest_int(name, 0, len(parameter["choices"]) - 1)
            else:
                values[name] = trial.suggest_categorical(name, range(len(parameter["choices"])))
    return values


def samplers(optuna):
    """What each name stands for; all else at Optuna's defaults."""
    s = optuna.samplers
    return {
        "optuna-random": lambda seed: s.RandomSampler(seed=seed),
        "optuna-tpe": lambda seed: s.TPESampler(seed=seed),
        "optuna-tpe-univariate": lambda seed: s.TPESampler(seed=seed, multivariate=False),
        "optuna-tpe-group": lambda seed: s.TPESampler(seed=seed, multivariate=True, group=True),
        "optuna-gp": lambda seed: s.GPSampler(seed=seed),
        "optuna-cma": lambda seed: s.CmaEsSampler(seed=seed),
        "optuna-nsga2": lambda seed: s.NSGAIISampler(seed=seed),
        "optuna-nsga3": lambda seed: s.NSGAIIISampler(seed=seed),
    }


def allow_old_torch(optuna):
    """torch 1.13 has devices, but not as contexts, and the GPSampler uses one as such: a null context in its place. One thread."""
    import torch

    class Torch:
        device = staticmethod(lambda *_: contextlib.nullcontext())

        def __getattr__(self, name):
            return getattr(torch, name)

    torch.set_num_threads(1)
    optuna.samplers._gp.sampler.torch = Torch()


def run(optuna, server, make, problem, seed, trials, lag):
    """One study. Trial n is asked for when the results of the trials up to n - lag are told. Yields (mark, value, ms per suggestion)."""
    server.ask(do="begin", problem=problem["name"], seed=seed)
    study = optuna.create_study(directions=["minimize"] * problem["objectives"], sampler=make(seed))
    open_trials = []
    spent = 0.0
    for number in range(1, trials + 1):
        begun = time.process_time()  # of one thread: what else the machine does is not in it
        if len(open_trials) == lag:
            study.tell(*open_trials.pop(0))
        trial = study.ask()
        values = suggest(trial, problem["parameters"])
        spent += time.process_time() - begun
        open_trials.append((trial, server.ask(do="evaluate", values=values)))
        if number in MARKS or number == trials:
            yield number, server.ask(do="judge"), 1000 * spent / number


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--optuna", required=True, help="a checkout of Optuna")
    arguments.add_argument("--dll", default="benchmarks/HyperOpt.Benchmarks/bin/Release/net10.0/HyperOpt.Benchmarks.dll")
    arguments.add_argument("--samplers", default="optuna-tpe")
    arguments.add_argument("--problems", default="*")
    arguments.add_argument("--held-out", action="store_true")
    arguments.add_argument("--seeds", type=int, default=30)
    arguments.add_argument("--trials", type=int, default=200)
    arguments.add_argument("--lag", type=int, default=1)
    arguments.add_argument("--minutes", type=float, default=1e9, help="begin no study after so many")
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()

    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sys.path.insert(0, options.optuna)
    import optuna

    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    if "optuna-gp" in options.samplers:
        allow_old_torch(optuna)
    if "optuna-cma" in options.samplers:
        import cmaes

        begin = cmaes.CMA.__init__

        def without_adaptation(self, *args, lr_adapt=False, **kwargs):  # Debian's cmaes 0.9.1 does not know lr_adapt yet, which Optuna sets to False
            assert not lr_adapt
            begin(self, *args, **kwargs)

        cmaes.CMA.__init__ = without_adaptation
    server = Server(options.dll)
    problems = server.ask(do="list", problems=options.problems, held_out=options.held_out)
    results = Results(options.out, options.trials)
    begun = time.monotonic()
    for seed in range(options.seeds):
        for name in options.samplers.split(","):
            label = name if options.lag == 1 else f"{name}-lag{options.lag}"
            for problem in problems:
                if results.has(label, problem, seed) or (name == "optuna-cma" and problem["objectives"] > 1):
                    continue
                if time.monotonic() - begun > 60 * options.minutes:
                    return
                results.add(label, problem, seed, run(optuna, server, samplers(optuna)[name], problem, seed, options.trials, options.lag))
            print(f"{label}: seed {seed} after {(time.monotonic() - begun) / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
