"""Does the program treat this condition? Unlisted is unknown."""

from directory.matching.criterion import ListedCodes
from directory.matching.need import Need


class Conditions(ListedCodes):
    """Every condition is asked for itself."""

    name = "conditions"
    vocabulary = "conditions"
    fact = "conditions"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The conditions asked for."""
        return need.conditions
