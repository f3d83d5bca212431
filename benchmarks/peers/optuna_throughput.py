"""Whole trials per second of Optuna on a storage: the peer of `benchmarks -- throughput`.

The same work: random sampler, ten floats, an objective that costs nothing, one study, one or more processes.

    /usr/bin/python3 optuna_throughput.py journal:/var/tmp/o.log 400 1
    /usr/bin/python3 optuna_throughput.py sqlite:////var/tmp/o.db 120 4
    /usr/bin/python3 optuna_throughput.py "postgresql+psycopg2://postgres@/postgres?host=/var/run/postgresql" 120 4

Needs Optuna and its requirements; PYTHONPATH may name a checkout. Processes are started before the clock is.
"""

import multiprocessing
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def open_storage(url):
    if url.startswith("journal:"):
        from optuna.storages.journal import JournalFileBackend

        return optuna.storages.JournalStorage(JournalFileBackend(url[len("journal:"):]))
    patience = {"connect_args": {"timeout": 100}} if url.startswith("sqlite") else {}
    return optuna.storages.RDBStorage(url, engine_kwargs=patience)


def objective(trial):
    return sum(trial.suggest_float(f"x{i}", 0, 1) ** 2 for i in range(10))


def work(url, name, trials, ready):
    study = optuna.load_study(study_name=name, storage=open_storage(url), sampler=optuna.samplers.RandomSampler())
    ready.wait()
    study.optimize(objective, n_trials=trials)


def main(url, trials, processes):
    name = f"throughput {time.time()}"
    optuna.create_study(storage=open_storage(url), study_name=name)
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    workers = [context.Process(target=work, args=(url, name, trials // processes, ready)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    ready.wait()
    start = time.time()
    for worker in workers:
        worker.join()
    seconds = time.time() - start
    print(f"optuna {optuna.__version__} {url.split(':')[0]} processes={processes} trials={trials} seconds={seconds:.2f} trials_per_second={trials / seconds:.1f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
