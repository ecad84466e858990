"""Does the program offer the services asked for? A list leaves things out: unlisted is unknown."""

from directory.matching.criterion import ListedCodes
from directory.matching.need import Need


class Services(ListedCodes):
    """Every service is asked for itself; a narrower one answers for its family."""

    name = "services"
    vocabulary = "services"
    fact = "services"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The services asked for."""
        return need.services
