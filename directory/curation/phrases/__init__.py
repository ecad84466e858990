"""Schedule phrases: a pasted sentence becomes sessions to confirm, or says what it could not read."""

from directory.curation.phrases.reading import Reading, read
from directory.curation.phrases.tokens import WORDS_FILE, Words, load_words

__all__ = ["WORDS_FILE", "Reading", "Words", "load_words", "read"]
