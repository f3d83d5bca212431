"""pymoo on the problems of several objectives, evaluated by HyperOpt itself, as optuna_peer.py does for Optuna.

    nice -n 15 /usr/bin/python3 benchmarks/peers/pymoo_peer.py --pymoo /tmp/pymoo-0.6.1.3 --problems 'zdt?-6,dtlz?-5,standard' --seeds 10 --trials 2000 --out pymoo.csv

Not part of the build. pymoo 0.6.1.3 needs numpy and scipy; what else it imports and these algorithms do not use is replaced by empty modules. Real axes only.
What is in the file is not run again.
"""

import argparse
import os
import sys
import time
import warnings
from unittest.mock import MagicMock

import numpy as np

from optuna_peer import MARKS, Server
from results import Results


def load(path):
    for name in ["alive_progress", "autograd", "autograd.numpy", "cma", "dill", "Deprecated", "matplotlib", "matplotlib.pyplot"]:
        try:
            __import__(name)
        except ImportError:
            sys.modules[name] = MagicMock()
    sys.path.insert(0, path)


def algorithms(objectives):
    """What each name stands for; all else at pymoo's defaults, which are simulated binary crossover (15) and polynomial mutation (20)."""
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.algorithms.moo.nsga3 import NSGA3
    from pymoo.util.ref_dirs import get_reference_directions

    return {
        "pymoo-nsga2": lambda: NSGA2(),  # population 100
        "pymoo-nsga2-20": lambda: NSGA2(pop_size=20),
        "pymoo-nsga3": lambda: NSGA3(get_reference_directions("das-dennis", objectives, n_partitions=99 if objectives == 2 else 12)),
    }


def run(server, name, problem, seed, trials):
    from pymoo.core.problem import Problem

    parameters = problem["parameters"]
    space = Problem(
        n_var=len(parameters), n_obj=problem["objectives"],
        xl=np.array([parameter["low"] for parameter in parameters]), xu=np.array([parameter["high"] for parameter in parameters]))
    algorithm = algorithms(problem["objectives"])[name]()
    server.ask(do="begin", problem=problem["name"], seed=seed)
    spent, number = 0.0, 0
    begun = time.process_time()
    algorithm.setup(space, termination=("n_eval", 10**9), seed=seed, verbose=False)
    while number < trials:
        population = algorithm.ask()
        spent += time.process_time() - begun
        losses = []
        for row in population.get("X"):
            losses.append(server.ask(do="evaluate", values={parameter["name"]: float(value) for parameter, value in zip(parameters, row)}))
            number += 1
            if number in MARKS and number <= trials:
                yield number, server.ask(do="judge"), 1000 * spent / number
        population.set("F", np.array(losses))
        begun = time.process_time()
        algorithm.tell(infills=population)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pymoo", required=True, help="a folder with pymoo's sources, version 0.6.1.3")
    arguments.add_argument("--dll", default="benchmarks/HyperOpt.Benchmarks/bin/Release/net10.0/HyperOpt.Benchmarks.dll")
    arguments.add_argument("--algorithms", default="pymoo-nsga2,pymoo-nsga2-20,pymoo-nsga3")
    arguments.add_argument("--problems", default="multi,standard")
    arguments.add_argument("--seeds", type=int, default=10)
    arguments.add_argument("--trials", type=int, default=2000)
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()

    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    warnings.simplefilter("ignore")
    load(options.pymoo)
    server = Server(options.dll)
    problems = [problem for problem in server.ask(do="list", problems=options.problems, held_out=False) if all(p["kind"] == "float" for p in problem["parameters"])]
    results = Results(options.out, options.trials)
    begun = time.monotonic()
    for seed in range(options.seeds):
        for name in options.algorithms.split(","):
            for problem in problems:
                if results.has(name, problem, seed):
                    continue
                results.add(name, problem, seed, run(server, name, problem, seed, options.trials))
            print(f"{name}: seed {seed} after {(time.monotonic() - begun) / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
