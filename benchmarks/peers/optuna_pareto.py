"""Optuna's functions for several objectives beside ours, in one run: the peer of `HyperOpt.Benchmarks pareto`, which it calls.

    OMP_NUM_THREADS=1 PYTHONPATH=/work/peers/optuna5 /usr/bin/python3 benchmarks/peers/optuna_pareto.py

Not part of the build. The vectors are the same, and so must be the results; subsets may differ where the greedy choices do.
"""

import subprocess
import sys
import time

import numpy as np

from optuna._hypervolume import compute_hypervolume
from optuna._hypervolume.hssp import _solve_hssp
from optuna.study._multi_objective import _fast_non_domination_rank

DLL = "benchmarks/HyperOpt.Benchmarks/bin/Release/net10.0/HyperOpt.Benchmarks.dll"
PRIMES = [2, 3, 5, 7, 11, 13]


def cube(count, objectives):
    return np.array([[i * np.sqrt(prime) % 1 for prime in PRIMES[:objectives]] for i in range(1, count + 1)])


def sphere(count, objectives):
    rows = cube(count, objectives)
    return rows / np.sqrt((rows * rows).sum(axis=1, keepdims=True))


def contributions(rows, reference):  # Optuna has none: the whole less the rest, by its hypervolume
    whole = compute_hypervolume(rows, reference)
    return sum(whole - compute_hypervolume(np.delete(rows, i, axis=0), reference) for i in range(len(rows)))


def subset(rows, reference):
    return compute_hypervolume(rows[_solve_hssp(rows, np.arange(len(rows)), 20, reference)], reference)


def main(dll):
    print(f"{'task':<14}{'objectives':>12}{'vectors':>10}{'ours, ms':>12}{'Optuna, ms':>12}{'ratio':>8}   results")
    for line in subprocess.run(["dotnet", dll, "pareto"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]:
        task, (objectives, count, ours, result) = line[:14].strip(), line[14:].split()
        objectives, count, ours = int(objectives), int(count), float(ours)
        reference = np.full(objectives, 1.1)
        rows = (cube if task == "ranks" else sphere)(count, objectives)
        run = {
            "ranks": lambda: _fast_non_domination_rank(rows).sum(),
            "hypervolume": lambda: compute_hypervolume(rows, reference),
            "contributions": lambda: contributions(rows, reference),
            "subset of 20": lambda: subset(rows, np.maximum(1.1 * rows.max(axis=0), 0.9 * rows.max(axis=0))),
        }[task]
        least, value = float("inf"), None
        begun = time.perf_counter()
        for repeat in range(5):
            started = time.perf_counter()
            value = run()
            least = min(least, 1000 * (time.perf_counter() - started))
            if time.perf_counter() - begun > 5:
                break
        if task == "subset of 20":
            value = compute_hypervolume(rows[_solve_hssp(rows, np.arange(len(rows)), 20, np.maximum(1.1 * rows.max(axis=0), 0.9 * rows.max(axis=0)))], reference)
        print(f"{task:<14}{objectives:>12}{count:>10}{ours:>12.4f}{least:>12.3f}{least / ours:>8.0f}   {float(result):.12g} {float(value):.12g}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else DLL)
