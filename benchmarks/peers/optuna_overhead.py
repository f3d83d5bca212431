"""What Optuna adds to a trial: the same measurement as `HyperOpt.Benchmarks overhead`, for comparison.

Not part of the build. It was run on Debian 12 with its package python3-optuna 3.1.0-4, in the same minutes as HyperOpt's:

    /usr/bin/python3 benchmarks/peers/optuna_overhead.py

Random search over ten floats in memory, by ask, ten suggestions and tell, with an objective that costs nothing: median microseconds of a
trial, over a tenth more trials (at most 1,000) than the history has.
"""

import statistics
import time

import optuna

HISTORIES = [100, 1_000, 10_000]  # 100,000 would take an hour: the cost grows with the history here


def run(study):
    trial = study.ask()
    total = 0.0
    for i in range(10):
        total += trial.suggest_float(f"x{i}", -1, 1) ** 2
    study.tell(trial, total)


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    print(f"optuna {optuna.__version__}: median microseconds of a trial of 10 parameters, random search in memory")
    begun = time.perf_counter()
    done = 0
    for history in HISTORIES:
        for _ in range(history - done):
            run(study)
        done = history + min(1_000, history // 10)
        times = []
        for _ in range(done - history):
            started = time.perf_counter()
            run(study)
            times.append((time.perf_counter() - started) * 1e6)
        print(f"{history:>10,}{statistics.median(times):>14.1f}   after {time.perf_counter() - begun:.1f} s", flush=True)


main()
