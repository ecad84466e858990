"""What was kept goes out once for all who wait, and nobody waits for ever."""

import threading

from directory.curation.going_out import GoingOut


class Printer:
    """Publishes when it is let."""

    def __init__(self):
        self.begun, self.may_end, self.times = threading.Event(), threading.Event(), 0

    def __call__(self):
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(30)


def together(going_out, many):
    """`many` people keep a change while the first one's is being published; their answers."""
    answers = []
    people = [threading.Thread(target=lambda: answers.append(going_out())) for _ in range(many)]
    for one in people:
        one.start()
    return people, answers


def test_those_who_come_while_one_is_published_go_out_together():
    printer = Printer()
    going_out = GoingOut(printer, most_seconds=60)
    first, answers = together(going_out, 1)
    assert printer.begun.wait(30)
    others, more = together(going_out, 20)
    while going_out._kept < 21:
        pass
    printer.may_end.set()
    for one in (*first, *others):
        one.join()
    assert answers + more == [True] * 21
    assert printer.times == 2, "once for the first, once for all the others"


def test_who_would_wait_too_long_is_told_and_it_goes_out_all_the_same():
    printer = Printer()
    going_out = GoingOut(printer, most_seconds=0)
    assert going_out() is False
    printer.may_end.set()
    going_out._thread.shutdown()
    assert printer.times == 1


def test_a_fault_of_publishing_takes_nothing_from_who_changed_something(caplog):
    faults = [OSError("disk full"), None]

    def publish():
        if fault := faults.pop(0):
            raise fault

    going_out = GoingOut(publish, most_seconds=60)
    assert going_out() is False
    assert "could not be published" in caplog.text
    assert going_out() is True, "and the next one takes it along"
