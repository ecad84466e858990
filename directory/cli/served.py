"""Is what people search what was published last?"""

from collections.abc import Iterator

from directory.errors import NoGeneration
from directory.house import House
from directory.search.generation import Generation


def served(house: House) -> Generation | None:
    """The generation that people search; None if none can be served."""
    try:
        return house.generations.current()
    except NoGeneration:
        return None


def amiss(house: House) -> Iterator[str]:
    """Why people do not search what was published last, and what to do; nothing if they do."""
    names, named, current = house.generations.names(), house.generations.named(), served(house)
    if not names:
        yield "no generation: run python -m directory publish"
    elif current is None:
        yield (
            f"no generation can be served: none of {len(names)} is whole and may be shown: "
            "run python -m directory rebuild"
        )
    elif current.name not in (named, house.generations.named()):  # somebody may publish meanwhile
        yield (
            f"{current.name} is served instead of {named or 'the one published last'}, which is "
            "damaged, missing or may not be shown: run python -m directory rebuild"
        )
