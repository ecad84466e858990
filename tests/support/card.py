"""A strict reader of vCard 4.0 (RFC 6350), written apart from what writes ours."""

import re
from dataclasses import dataclass

LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]+)(?:,[^\";:,]+)*)*):(?P<value>.*)",
    re.DOTALL,
)
PARAMETER = re.compile(r";([A-Z-]+)=(\"[^\"]*\"|[^\";:]+)")
ESCAPES = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
ONCE = ("VERSION", "KIND", "UID", "REV", "PRODID")


@dataclass(frozen=True)
class Property:
    """One line: its parameters, and its value as it was written."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as one text."""
        ((one,),) = split(self.value, "")
        return one

    @property
    def parts(self) -> list[list[str]]:
        """The value in components, each a list of texts."""
        return split(self.value, ";,")


def split(value: str, at: str) -> list[list[str]]:
    """Components and their texts, without escapes. Fails on an escape that the standard has not."""
    found, signs = [[""]], iter(value)
    for sign in signs:
        if sign == "\\":
            sign = ESCAPES[sign + next(signs, "")]
        elif sign in at:
            found.append([""]) if sign == ";" else found[-1].append("")
            continue
        found[-1][-1] += sign
    return found


def read(file: bytes) -> dict[str, list[Property]]:
    """The properties of one card, by name, in order. Fails on whatever the standard forbids."""
    text = file.decode("utf-8")
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert not any("\r" in line or "\n" in line for line in raw), "a bare end of line"
    assert max(len(line.encode()) for line in raw) <= 75, "a line of more than 75 octets"
    lines = "\r\n".join(raw).replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-1] == "END:VCARD"
    found: dict[str, list[Property]] = {}
    for line in lines[1:-1]:
        match = LINE.fullmatch(line)
        assert match, f"not a content line: {line!r}"
        parameters = {
            name: value.strip('"') for name, value in PARAMETER.findall(match["parameters"])
        }
        found.setdefault(match["name"], []).append(Property(parameters, match["value"]))
    assert found["FN"], "a card without FN"
    assert all(len(found.get(name, ())) <= 1 for name in ONCE)
    return found
