"""What the lint tests measure with: the shipped table, vocabularies and limits of age, on a fixed day."""

from directory.catalog.listing import load_organization, load_program, load_site, load_source
from directory.catalog.program import Listing
from directory.curation.lint.inspecting import findings_among, findings_of
from directory.curation.lint.limits import load_limits
from directory.curation.lint.yardstick import Yardstick
from tests.data.files import listing as listing_file
from tests.support.builders import DATA, FRESHNESS, TODAY, VOCABULARIES

LIMITS = load_limits(DATA / "lint.csv")
BY = Yardstick(LIMITS, VOCABULARIES, FRESHNESS, TODAY)


def shipped(name):
    """The listings of a shipped file, 'pasadena' or 'examples'."""
    plain = listing_file(name)
    source = load_source(plain["source"])
    return [
        Listing(
            load_organization(organization, source),
            load_site(site, source),
            load_program(program, source),
            program["id"],
        )
        for organization in plain["organizations"]
        for site in organization["sites"]
        for program in site["programs"]
    ]


def cases(listing):
    """The cases found in one listing by itself."""
    return [one.case for one in findings_of(listing, BY)]


def got(listing, case):
    """What was found of one case."""
    return [one.got for one in findings_of(listing, BY) if one.case == case]


def among(*listings):
    """The cases found across listings, with the ids."""
    return [(one.case, one.subject[1]) for one in findings_among(listings, BY)]
