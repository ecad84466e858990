"""What is killed at random moments: how often it leaves the state before, and how fast we start then.

Run: python -m bench.killed [RUNS]. Prints the table of docs/reliability.md.
"""

import os
import subprocess
import sys

from tests.faults.killing import SCENARIOS, kill

RUNS = 50


def process_start() -> float:
    """Seconds of the processor from nothing to an app that says how it stands."""
    said = "from directory.app import create_app; create_app().test_client().get('/readyz')"
    before = os.times()
    subprocess.run([sys.executable, "-c", said], check=True)
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print(
        "| what was killed | runs | state before | whole steps | all of it | longest start (processor) |"
    )
    print("|---|---|---|---|---|---|")
    for scenario in SCENARIOS:
        one = kill(scenario, runs, seed=8)
        told = (one.name, one.runs, one.before, one.between, one.after)
        print(f"| {' | '.join(map(str, told))} | {one.slowest_start:.2f} s |", flush=True)
    starts = sorted(process_start() for _ in range(5))
    print(f"\nA whole process with its imports: {starts[2]:.1f} s of the processor (median of 5).")


if __name__ == "__main__":
    main()
