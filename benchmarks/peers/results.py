"""The file of results that the peers write, one line for each mark of a run: what is in it is not run again."""

import csv
import os

HEADER = ["sampler", "problem", "family", "seed", "mark", "value", "ms_per_suggestion"]


class Results:
    """The results of runs of so many trials, in a file that is begun if it is not there."""

    def __init__(self, path, trials):
        self._path = path
        self._done = set()
        if os.path.exists(path):
            with open(path) as file:
                self._done = {(row["sampler"], row["problem"], int(row["seed"])) for row in csv.DictReader(file) if int(row["mark"]) == trials}
        else:
            with open(path, "w") as file:
                file.write(",".join(HEADER) + "\n")

    def has(self, sampler, problem, seed):
        return (sampler, problem["name"], seed) in self._done

    def add(self, sampler, problem, seed, marks):
        """Adds a run when it has ended; marks are (mark, value, milliseconds a suggestion)."""
        rows = [f"{sampler},{problem['name']},{problem['family']},{seed},{mark},{value:.4f},{milliseconds:.4g}\n" for mark, value, milliseconds in marks]
        with open(self._path, "a") as file:
            file.writelines(rows)
