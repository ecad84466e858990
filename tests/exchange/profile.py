"""A service as those see it who know HSDS and not our profile."""

from typing import Any

from directory.exchange.hsds.keys import PROFILE_KEYS


def without_profile(value: Any) -> Any:
    if isinstance(value, list):
        return [without_profile(one) for one in value]
    if isinstance(value, dict):
        return {key: without_profile(one) for key, one in value.items() if key not in PROFILE_KEYS}
    return value
