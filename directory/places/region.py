"""The region an operator serves: it settles which Pasadena is meant, and names the help line."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Region:
    """Where the operator is at home. `state` has two letters, the phone is as people read it.

    `help_line_names` are what the line is called in other languages.
    """

    state: str
    name: str
    lat: float
    lon: float
    help_line_name: str
    help_line_phone: str
    help_line_names: tuple[tuple[str, str], ...] = ()

    @property
    def help_line_has_menu(self) -> bool:
        """True if pressing 2 reaches drug and alcohol help: so we know of our own county's line only."""
        return self.help_line_phone == PASADENA_REGION.help_line_phone

    def in_language(self, language: str) -> "Region":
        """The same region, its help line called as in this language."""
        name = dict(self.help_line_names).get(language, self.help_line_name)
        return replace(self, help_line_name=name)


PASADENA_REGION = Region(
    state="CA",
    name="Los Angeles County",
    lat=34.1478,
    lon=-118.1445,
    help_line_name="Los Angeles County help line",
    # The county line, merged in July 2024 (data/guide/cards.csv: 1 crisis, 2 substance use,
    # 3 veterans). The older 844-804-7500 is out of date: review this number on a schedule.
    help_line_phone="800-854-7771",
    help_line_names=(("es", "Ayuda del condado de LA"),),
)
