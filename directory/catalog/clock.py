"""The time of day, passed in so that nothing asks the machine behind the caller's back."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Answers the present moment, with a time zone."""
