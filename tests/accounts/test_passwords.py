"""Long, not common, kept as argon2id, compared with the same work for everybody."""

import threading

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from directory.accounts.passwords import (
    MOST_AT_ONCE,
    MOST_WAITING,
    Passwords,
    TooBusy,
    WeakPassword,
    judge,
    load_common,
)
from tests.house.files import ROOT

OWN = ("jo.miller@hillside.example.org", "Jo Miller", "Hillside Hospital")


@pytest.fixture(scope="module")
def rule():
    return judge(load_common(ROOT / "data" / "staff" / "common_passwords.txt"))


@pytest.mark.parametrize(
    "password",
    [
        "violet tractor humming",
        "correct horse battery staple",
        "caballo lámpara nueve ríos",
        "мой старый велосипед",
        "x7$Kp!q2Vz@m",
        "83749201846392",
        "   spaces are fine too   ",
    ],
)
def test_a_long_password_of_ones_own_is_taken_whatever_its_letters(rule, password):
    rule(password, OWN)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x7$Kp!q2Vz@", "short"),
        ("k9#" * 67, "long"),
        ("Password2026!!", "common"),
        ("P@ssw0rdP@ssw0rd", "common"),
        ("qwertyuiop123", "common"),
        ("123456789012345", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("Stepwise12345", "common"),
        ("iloveyouiloveyou", "common"),
        ("JoMillerHillside1", "common"),
        ("zyxwvutsrqponm", "common"),
    ],
)
def test_what_is_short_or_easy_to_guess_is_refused_and_says_why(rule, password, why):
    with pytest.raises(WeakPassword) as refused:
        rule(password, OWN)
    assert refused.value.why == why
    assert password not in str(refused.value)


def test_what_is_kept_is_argon2id_with_its_published_parameters():
    kept = Passwords().kept("violet tractor humming")
    found = extract_parameters(kept)
    assert found.type is Type.ID
    assert found.memory_cost >= 64 * 1024
    assert "violet" not in kept


def test_only_the_right_password_fits(passwords):
    kept = passwords.kept("violet tractor humming")
    assert passwords.fits("violet tractor humming", kept)
    assert not passwords.fits("violet tractor hummin", kept)
    assert not passwords.fits("", kept)
    assert not passwords.fits("violet tractor humming", "no hash at all")


def test_where_nothing_is_kept_nothing_fits_and_the_work_is_the_same(passwords, hasher):
    kept = passwords.kept("violet tractor humming")
    passwords.fits("x", kept)
    before = hasher.hashed, hasher.verified
    assert not passwords.fits("nobody", None)
    assert not passwords.fits("", None)
    assert (hasher.hashed, hasher.verified) == (before[0], before[1] + 2)


class Waiting(PasswordHasher):
    """Counts how many are inside at once, and lets nobody out before it is told to."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.inside, self.most = 0, 0
        self.lock, self.go = threading.Lock(), threading.Event()

    def verify(self, hash, password):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.go.wait(30)
        with self.lock:
            self.inside -= 1
        return super().verify(hash, password)


def test_two_are_worked_on_at_once_two_wait_and_the_others_are_sent_away():
    hasher = Waiting()
    passwords, sent_away = Passwords(hasher), []

    def try_it():
        try:
            passwords.fits("x", None)
        except TooBusy:
            sent_away.append(1)
            if len(sent_away) == 4:
                hasher.go.set()

    threads = [threading.Thread(target=try_it) for _ in range(MOST_AT_ONCE + MOST_WAITING + 4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert hasher.most == MOST_AT_ONCE
    assert len(sent_away) == 4
    hasher.go.set()
    assert not passwords.fits("x", None), "there is room again"
