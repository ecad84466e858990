"""What the choices of partners are read against in a request."""

from directory.accounts.choices import Known
from directory.places.place import Place
from directory.web.i18n import languages
from directory.web.services import services


def known() -> Known:
    """Our words, the languages we speak, the places we know."""
    return Known(services.vocabularies, languages(), is_place)


def is_place(text: str) -> bool:
    """True if a text is one place."""
    return isinstance(services.gazetteer.locate(text), Place)
