"""What a process that reads other people's files may use before it is stopped."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Bounds:
    """Address space and largest file written, in bytes; seconds of work, and seconds by the clock."""

    memory: int = 2_048 * MEGABYTE
    file: int = 256 * MEGABYTE
    cpu_seconds: int = 300
    wall_seconds: int = 600


READING = Bounds()
PUBLISHING = Bounds(8_192 * MEGABYTE, 8_192 * MEGABYTE, 3_600, 3_600)
"""What we made ourselves: bounds against a fault of ours, wide enough for a million programs."""
