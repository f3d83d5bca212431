"""Whole trials per second of Optuna on a storage: random sampler, ten parameters, an objective that costs nothing.

The peer of `dotnet run -c Release --project benchmarks/HyperOpt.Benchmarks -- throughput`; run both on the same disk, in the same minutes.

Debian 12:   apt-get install -y python3-optuna python3-psycopg2        (Optuna 3.1.0, SQLAlchemy 1.4.46)
Run:         /usr/bin/python3 benchmarks/peers/optuna_throughput.py journal:/tmp/optuna.log         --trials 200 --processes 1
             /usr/bin/python3 benchmarks/peers/optuna_throughput.py sqlite:////tmp/optuna.db        --trials 200 --processes 4
             /usr/bin/python3 benchmarks/peers/optuna_throughput.py postgresql://user@host/database --trials 200 --processes 4
Prints:      one line, `optuna <version> <storage kind> processes=<n> trials=<n> seconds=<s> trials_per_second=<r>`.
The clock runs from the moment when all processes have opened the study to the end of the last trial, as in the peer.
Optuna's own durability is kept: SQLite with a rollback journal and synchronous=FULL, PostgreSQL with synchronous_commit=on,
the journal with an fsync at each write.
"""
import argparse
import multiprocessing
import time
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
NAME = "throughput"


def storage_of(url):
    if url.startswith("journal:"):
        return optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(url[len("journal:"):]))
    return optuna.storages.RDBStorage(url)


def objective(trial):
    return sum(trial.suggest_float(f"x{i}", 0, 1) for i in range(10))


def work(url, trials, barrier):
    study = optuna.load_study(study_name=NAME, storage=storage_of(url), sampler=optuna.samplers.RandomSampler())
    barrier.wait()
    study.optimize(objective, n_trials=trials)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("storage")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    optuna.create_study(study_name=NAME, storage=storage_of(arguments.storage))
    barrier = multiprocessing.Barrier(arguments.processes + 1)
    share = arguments.trials // arguments.processes
    workers = [
        multiprocessing.Process(target=work, args=(arguments.storage, share, barrier)) for _ in range(arguments.processes)
    ]
    for worker in workers:
        worker.start()
    barrier.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - begun
    done = len(optuna.load_study(study_name=NAME, storage=storage_of(arguments.storage)).trials)
    kind = arguments.storage.split(":")[0]
    print(f"optuna {optuna.__version__} {kind} processes={arguments.processes} trials={done} seconds={seconds:.2f} "
          f"trials_per_second={done / seconds:.1f}")


main()
