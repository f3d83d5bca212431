"""HEBO on the problems of HyperOpt's quality suite, evaluated by HyperOpt itself: the sibling of optuna_peer.py, with its options. See README.md.

    PYTHONPATH=<HEBO and what it needs> nice -n 12 /usr/bin/python3 benchmarks/peers/hebo_peer.py --problems hartmann-6 --seeds 10 --trials 80 --out hebo.csv

HEBO knows no conditions: it is asked for all parameters, and the inactive ones are left out of the evaluation. One loss only.
"""

import argparse
import time
import warnings

from optuna_peer import MARKS, Server
from results import Results


def describe(parameter):
    """A parameter in HEBO's terms; numbers in steps and ordered lists go by their index."""
    name, kind = parameter["name"], parameter["kind"]
    if kind == "categorical":
        return {"name": name, "type": "cat", "categories": list(range(len(parameter["choices"])))}
    if kind == "ordinal":
        return {"name": name, "type": "int", "lb": 0, "ub": len(parameter["choices"]) - 1}
    if kind == "int":
        if parameter["log"]:
            return {"name": name, "type": "pow_int", "lb": int(parameter["low"]), "ub": int(parameter["high"]), "base": 10}
        return {"name": name, "type": "int", "lb": 0, "ub": round((parameter["high"] - parameter["low"]) / parameter["step"])}
    if parameter["step"]:
        return {"name": name, "type": "int", "lb": 0, "ub": round((parameter["high"] - parameter["low"]) / parameter["step"])}
    bounds = {"name": name, "lb": parameter["low"], "ub": parameter["high"]}
    return {**bounds, "type": "pow", "base": 10} if parameter["log"] else {**bounds, "type": "num"}


def values_of(parameters, row):
    values = {}
    for parameter in parameters:
        if all(condition["parent"] in values and values[condition["parent"]] in condition["values"] for condition in parameter["conditions"]):
            value = row[parameter["name"]]
            if parameter["kind"] in ("categorical", "ordinal"):
                value = int(value)
            elif parameter["log"]:
                value = min(max(float(value), parameter["low"]), parameter["high"])
                value = round(value) if parameter["kind"] == "int" else value
            elif parameter["kind"] == "int" or parameter["step"]:
                value = parameter["low"] + int(value) * parameter["step"]
            else:
                value = float(value)
            values[parameter["name"]] = value
    return values


def run(server, problem, seed, trials):
    import numpy as np
    import torch
    from hebo.design_space.design_space import DesignSpace
    from hebo.optimizers.hebo import HEBO

    np.random.seed(seed)
    torch.manual_seed(seed)
    server.ask(do="begin", problem=problem["name"], seed=seed)
    hebo = HEBO(DesignSpace().parse([describe(parameter) for parameter in problem["parameters"]]), scramble_seed=seed)
    spent = 0.0
    for number in range(1, trials + 1):
        begun = time.process_time()
        proposed = hebo.suggest(1)
        values = values_of(problem["parameters"], proposed.iloc[0].to_dict())
        spent += time.process_time() - begun
        loss = server.ask(do="evaluate", values=values)
        begun = time.process_time()
        hebo.observe(proposed, np.array([loss], dtype=float).reshape(1, 1))
        spent += time.process_time() - begun
        if number in MARKS or number == trials:
            yield number, server.ask(do="judge"), 1000 * spent / number


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--dll", default="benchmarks/HyperOpt.Benchmarks/bin/Release/net10.0/HyperOpt.Benchmarks.dll")
    arguments.add_argument("--problems", default="flat,mixed")
    arguments.add_argument("--held-out", action="store_true")
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("--trials", type=int, default=100)
    arguments.add_argument("--minutes", type=float, default=1e9, help="begin no study after so many")
    arguments.add_argument("--out", required=True)
    options = arguments.parse_args()
    warnings.simplefilter("ignore")
    server = Server(options.dll)
    problems = server.ask(do="list", problems=options.problems, held_out=options.held_out)
    results = Results(options.out, options.trials)
    begun = time.monotonic()
    for seed in range(options.seeds):
        for problem in problems:
            if results.has("hebo", problem, seed) or problem["objectives"] > 1 or time.monotonic() - begun > 60 * options.minutes:
                continue
            results.add("hebo", problem, seed, run(server, problem, seed, options.trials))
        print(f"hebo: seed {seed} after {(time.monotonic() - begun) / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
