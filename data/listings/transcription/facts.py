"""What several sources say of one entity, settled fact by fact, each with its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
# As in `directory.catalog.evidence`: the program's own page before a bulk list.
STRENGTH = {"phone": 4, "self_report": 3, "published": 2, "list": 1, "example": 0}


def rank(source: Json) -> tuple[int, str]:
    """Who is believed first: the stronger method, then the later date."""
    return STRENGTH[source["method"]], source.get("dated") or source["seen_on"]


@dataclass(slots=True)
class Sheet:
    """The claims about one entity."""

    single: dict[str, tuple[Any, Json]] = field(default_factory=dict)
    items: dict[str, dict[str, tuple[Any, Json]]] = field(default_factory=dict)

    def say(self, fact: str, value: Any, source: Json) -> None:
        """State one fact; None states nothing, and a better source wins."""
        if value is None:
            return
        held = self.single.get(fact)
        if held is None or rank(source) > rank(held[1]):
            self.single[fact] = (value, source)

    def say_items(self, fact: str, items: dict[str, Any], source: Json) -> None:
        """State items of a list or map fact, each for itself."""
        held = self.items.setdefault(fact, {})
        for code, value in items.items():
            if code not in held or rank(source) > rank(held[code][1]):
                held[code] = (value, source)

    def say_codes(self, fact: str, codes: Iterable[str], source: Json) -> None:
        """State codes of a list fact."""
        self.say_items(fact, {code: code for code in codes}, source)

    def settled(self, shapes: Mapping[str, type]) -> Json:
        """The facts in the order of `shapes`, with `evidence` beside them."""
        facts: Json = {}
        evidence: Json = {}
        for fact, shape in shapes.items():
            if fact in self.single:
                facts[fact], evidence[fact] = self.single[fact]
            elif self.items.get(fact):
                facts[fact] = self._collected(fact, shape)
                evidence.update(self._item_evidence(fact))
        return {**facts, "evidence": evidence}

    def _collected(self, fact: str, shape: type) -> Any:
        held = self.items[fact]
        if shape is dict:
            return {code: held[code][0] for code in sorted(held)}
        return [held[code][0] for code in sorted(held)]

    def _item_evidence(self, fact: str) -> Json:
        held = self.items[fact]
        main = max((source for _, source in held.values()), key=rank)
        others = {f"{fact}:{code}": s for code, (_, s) in sorted(held.items()) if s != main}
        return {fact: main, **others}
