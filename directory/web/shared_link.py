"""A readable link as it comes back: other sites hang names on it, mail cuts it, people edit it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.catalog.vocabulary import Vocabularies
from directory.errors import BadValue
from directory.web import needs
from directory.web.needs import BadNeed, Body

# What Facebook, Google, Microsoft, Instagram and newsletters add to follow people: we read none of it.
TRACKERS = re.compile(r"fbclid|gclid|msclkid|igshid|(mc|utm)_\w*")


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks for, as far as it can be read, and what of it cannot."""

    body: Body
    problems: tuple[BadValue, ...]


def read_link(params: MultiDict[str, str], vocabularies: Vocabularies) -> Link:
    """The need of a readable address, without what was hung on."""
    asked = MultiDict(one for one in params.items(multi=True) if not TRACKERS.fullmatch(one[0]))
    try:
        return _readable(needs.from_params(asked), vocabularies)
    except BadNeed as bad:
        once = {name: values[0] for name, values in asked.lists() if len(values) == 1}
        known = MultiDict((name, once[name]) for name in needs.PARAMS if name in once)
        rest = _readable(needs.from_params(known), vocabularies)
        return Link(rest.body, (*bad.problems, *rest.problems))


def _readable(body: Mapping[str, object], vocabularies: Vocabularies) -> Link:
    """A body without the keys that cannot be read: a refusal names at most 25 problems, so once more."""
    try:
        needs.read(body, vocabularies)
    except BadNeed as bad:
        wrong = {problem.field.partition(".")[0] for problem in bad.problems}
        rest = _readable({k: v for k, v in body.items() if k not in wrong}, vocabularies)
        return Link(rest.body, (*bad.problems, *rest.problems))
    return Link(dict(body), ())
