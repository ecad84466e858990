"""Does the program take this way of paying?"""

from directory.catalog.program import Program
from directory.matching.criterion import CONFLICTING, CodesCriterion, Context, Known
from directory.matching.need import Need


class Payer(CodesCriterion):
    """In network is yes, out of network is no. A class ('private insurance') says nothing of a plan."""

    name = "payer"
    vocabulary = "payers"
    fact = "payers"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The payer asked for."""
        return (need.payer,) if need.payer else ()

    def known(self, program: Program, context: Context) -> Known:
        """A plan in network answers for its class too; a class leaves its plans unknown.

        A plan that two sources put in and out of network answers for nothing.
        """
        terms = context.vocabularies[self.vocabulary]
        accepted = [one for one in program.payers if context.counts(program, "payers", one.payer)]
        torn = {one.payer for one in accepted if context.rivals(program, "payers", one.payer)}
        named = {one.payer: "" if one.payer in torn else one.network for one in accepted}
        yes = {wide for code in named if named[code] == "in" for wide in terms.widened(code)}
        no = {code for code in named if named[code] == "out"} - yes
        details = {code: "network" for code in named if named[code] == "unknown"}
        details |= dict.fromkeys(torn - yes, CONFLICTING)
        below = {one for code in yes for one in terms.narrowed(code) if one != code}
        details |= dict.fromkeys(below - named.keys(), "class_only")
        return Known(frozenset(yes), frozenset(no), details)
