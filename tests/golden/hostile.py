"""A thousand strings that no one types in good faith."""

import random

SEEDS = (
    # wildcards, ranges, fields, and other queries of Whoosh
    "*", "?", "**", "c*", "*a*", "?????", "con*", "a~2", "name:casa", "concept:services\\:cbt",
    "[a TO z]", "{a TO}", '"', '"open', "'", "^5", "cbt^1e308", "\\", "\\\\*", "<>", "()", "(((", ")))",
    "AND", "OR", "NOT", "AND AND OR NOT", "NOT NOT cbt", "cbt AND (OR", "-cbt", "--", "+", "&&||!",
    # other languages of queries and pages
    "' OR 1=1 --", "'; DROP TABLE programs; --", "<script>alert(1)</script>", "{{ 7*7 }}", "${jndi:x}",
    "%s%s%n", "%00", "../../etc/passwd", "\\u0000", "NULL", "NaN", "Infinity", "1e999", "0x41",
    # characters
    "\0", "\0cbt\0", "\x01\x02\x1b[31m", "\r\n\t\v\f", "\x7f\x85\u2028\u2029", "\ufeffcbt", "\ufffd",
    "\U0010ffff", "\ud800", "cbt\udfff", "\u200b\u200d\u200c", "🫠", "👩‍👩‍👧‍👦 therapy", "🏳️‍🌈", "Ａ Ａ", "ﬁﬂﬀ",
    "טיפול", "مركز علاج", "\u202ecbt\u202c", "\u2066x\u2069", "चिकित्सा", "治療", "치료", "ጤና",
    "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍a̴̵̜̰͔ͫ͗l̠ͨͧͩ͘g̡̗̰͕ͫo", "e\u0301" * 40, "\u0301" * 400, "İ", "ß", "ŉ", "ǆ", "ſ", "\u1e9e",
    # long ones, and ones that some patterns never finish with
    "a" * 10_000, "a " * 5_000, "a-" * 5_000, "a'" * 5_000, "a." * 5_000, "-" * 10_000, "." * 10_000,
    "aA1!" * 2_500, "x" * 9_999 + "!", "(a+)+$" * 500, "a" * 30 + "!", ("a" * 30 + " ") * 300,
    "took " * 2_000, "took a a a a " * 800, " " * 10_000, "🫠" * 2_500, "cbt " * 2_500, "9" * 10_000,
    "no quiero " * 1_000, "é" * 10_000, "\u200d" * 10_000, "(" * 5_000 + ")" * 5_000,
)  # fmt: skip
SIGNS = "*?~^:\"'()[]{}<>|&!+-.,;\\/@#$%=_ \t\n\0\u0301\u202e\u200dé🫠ñß٣"
WORDS = (
    "cbt",
    "AND",
    "OR",
    "NOT",
    "TO",
    "name:",
    "suicide",
    "pasadena",
    "medi-cal",
    "l.a.",
    "niño",
    "治",
)
HOW_MANY = 1_000


def _invented(chance: random.Random) -> str:
    parts = [
        chance.choice(WORDS)
        if chance.random() < 0.4
        else chance.choice(SIGNS) * chance.randint(1, 9)
        for _ in range(chance.randint(1, 60))
    ]
    return "".join(parts) * chance.choice((1, 1, 1, 40))


def hostile() -> list[str]:
    """A thousand of them, the same each time."""
    chance = random.Random(20261124)
    own = list(SEEDS)
    own += [f"{one} {two}" for one, two in zip(SEEDS, reversed(SEEDS), strict=True)]
    return own + [_invented(chance) for _ in range(HOW_MANY - len(own))]
