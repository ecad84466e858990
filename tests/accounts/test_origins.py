"""A partner's origin is exact, or it is refused with what to write instead."""

import pytest

from directory.accounts.origins import read_origin
from directory.errors import BadValue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://clinic.example", "https://clinic.example"),
        ("https://Clinic.Example", "https://clinic.example"),
        ("https://clinic.example:443", "https://clinic.example"),
        ("https://clinic.example:8443", "https://clinic.example:8443"),
        ("https://www.clinic-two.example", "https://www.clinic-two.example"),
        ("https://clínica.example", "https://xn--clnica-4va.example"),
        ("https://xn--clnica-4va.example", "https://xn--clnica-4va.example"),
        ("http://127.0.0.2:5102", "http://127.0.0.2:5102"),
        ("http://localhost:80", "http://localhost"),
    ],
)
def test_an_origin_is_kept_as_browsers_spell_it(typed, kept):
    assert read_origin(typed) == kept
    assert read_origin(kept) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("http://clinic.example", "https"),
        ("https://clinic.example/", "without a path: https://clinic.example"),
        ("https://clinic.example/help", "without a path"),
        ("https://clinic.example?x=1", "without a path"),
        ("https://clinic.example#top", "without a path"),
        ("https://clinic.example\\", "without a path"),
        ("https://*.clinic.example", "a wildcard"),
        ("*", "an origin such as"),
        ("null", "an origin such as"),
        ("clinic.example", "an origin such as"),
        ("//clinic.example", "an origin such as"),
        ("ftp://clinic.example", "an origin such as"),
        ("data:text/html,x", "an origin such as"),
        ("https:clinic.example", "an origin such as"),
        ("HTTPS:/clinic.example", "an origin such as"),
        ("https://me:secret@clinic.example", "without a user name"),
        ("https://clinic.example@evil.example", "without a user name"),
        ("https://clinic.example:", "a port"),
        ("https://clinic.example:0", "a port"),
        ("https://clinic.example:99999", "an origin such as"),
        ("https://clinic.example:80 https://b.example", "an origin such as"),
        ("https://clinic .example", "not a network address"),
        ("https://clinic.example;script-src", "not a network address"),
        ("https://clinic.example'none'", "not a network address"),
        ("https://com", "not a network address"),
        ("https://192.0.2.7", "not a network address"),
        ("https://0x7f.1", "not a network address"),
        ("https://[::1]:8000", "not a network address"),
        ("https://-clinic.example", "not a network address"),
        ("https://clinic.example.", "not a network address"),
        ("https://" + "a" * 64 + ".example", "not a network address"),
        ("https://straße.example", "xn--"),
        ("https://xn--zzzzzzzzz99999.example", "xn--"),
        ("", "an origin such as"),
        (" https://clinic.example", "an origin such as"),
        ("https://clinic.example\n", "an origin such as"),
        ("https://cli\tnic.example", "an origin such as"),
    ],
)
def test_what_is_no_exact_origin_is_refused_with_a_reason(typed, told):
    with pytest.raises(BadValue) as refused:
        read_origin(typed)
    assert told in refused.value.expected
