"""What a bench says beside its figures: the goal is wall time, as people wait for it."""

import os


def met_or_not(met: bool) -> str:
    """Whether the goal was met."""
    return "met" if met else "NOT MET"


def work_and_load(work: float) -> str:
    """Seconds of work, and how many processes wait for how many processors: a busy machine is slower."""
    return f"{work:.1f} s of work, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
