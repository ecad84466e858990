"""A file is tried first and taken in after; whatever is in it, nothing else happens."""

import io
import zipfile
from datetime import date

import pytest

from directory.catalog.upload import Upload
from directory.curation.uploading.aside import LARGEST, put_aside
from directory.web.staff.upload_work import MOST_AT_WORK, MOST_OPEN, tend
from tests.curation.builders import listing_file, organization, program, site, write_json
from tests.support.desk import Desk
from tests.web.staff.uploading import Uploading


@pytest.fixture
def importing(over_listings, house, tmp_path):
    app, watch = over_listings
    watch.now = type(watch)().now
    made = Uploading(app, watch, house, tmp_path)
    yield made
    made.engine.dispose()


def a_file(*programs, **changes):
    """A listing file of a day long ago, whatever clock it is read by."""
    return listing_file(organization(site(*programs)), seen_on="2024-05-01", **changes)


NEW = a_file(program(), program("acme-noon", name="Noon IOP", level_of_care="spa"))


def test_a_curator_sees_what_a_file_would_do_then_takes_in_that_very_file(importing):
    desk = importing.curator()
    before = importing.records.count()
    page = importing.send(desk, NEW, name="maria-lopez-1988.json")
    assert page.heading == "File 1"
    assert "Nothing has changed yet" in page.text
    for shown in ("acme-evening", "level_of_care", "spa"):  # what is new; what was refused, and why
        assert shown in page.text
    assert importing.records.count() == before
    (importing.home / "generations" / "CURRENT").rename(importing.home / "before")
    page = importing.press(desk, 1, "apply")
    assert "Taken in and published" in page.text
    assert importing.records.get("acme-evening").program.name == "Evening IOP"
    published = (importing.home / "generations" / "CURRENT").read_text()
    assert published != (importing.home / "before").read_text()
    (sent,) = importing.uploads()
    assert not (importing.shop.folder(sent) / "file").exists()
    acts = [(act, told) for act, told in importing.acts() if act.startswith("file")]
    assert [act for act, _ in acts] == [
        "file_uploaded", "file_checked", "file_applied", "file_taken_in",
    ]  # fmt: skip
    assert all(told["sha256"] == sent.digest for _, told in acts)
    taken = acts[-1][1]
    assert (taken["created"], taken["refused"], taken["change"]) == (1, 1, sent.change)
    assert "maria" not in importing.everything_kept().lower()
    assert desk.post("/staff/imports/1/apply", {}, 409).heading == "File 1"


def test_what_changes_is_shown_side_by_side_and_listings_that_moved_on_are_looked_at_anew(
    importing, tmp_path
):
    desk = importing.curator()
    taken_in(importing, a_file(program(name="Morning IOP", payers=payers("aetna"))), tmp_path)
    page = importing.send(desk, a_file(program(payers=payers("aetna", "medi-cal"))))
    told = page.text
    assert told.index("Morning IOP") < told.index("Evening IOP")
    assert "medi-cal" in told[told.index("Ways to pay") :]
    address = "/staff/imports/1/apply"
    shown = {name: values[0] for name, values in page.form(address).items()}
    taken_in(importing, a_file(program(name="Night IOP")), tmp_path)
    page = desk.post(address, shown)
    assert "The listings had changed meanwhile, so nothing was taken in" in page.text
    assert "Night IOP" in page.text
    assert importing.records.get("acme-evening").program.name == "Night IOP"
    assert desk.post(address, shown, 409).text.startswith("All files File 1 This is not the file")
    forged = {**shown, "digest": "0" * 64}
    assert desk.post(address, forged, 409).heading == "File 1"
    (sent,) = importing.uploads()
    (importing.shop.folder(sent) / "file").write_text("{}")  # somebody got at the disk
    fields = {**shown, "catalog": str(sent.catalog)}
    assert desk.post(address, fields, 409).heading == "File 1"
    assert importing.records.get("acme-evening").program.name == "Night IOP"


def payers(*codes):
    return [{"payer": code} for code in codes]


def taken_in(importing, plain, folder):
    """Another way in, as at the command line."""
    from directory.catalog.vocabulary import load_vocabularies
    from directory.config import Config
    from directory.curation.importing import import_file

    known = load_vocabularies(Config().data / "vocabularies")
    path = write_json(folder, plain)
    import_file(importing.records, known, "listing", path, clock=importing.watch)


def bomb():
    """A workbook of a few kB that unpacks to 200 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(200 * 2**20))
    return packed.getvalue()


HOSTILE = {
    "a bomb": ("listing", bomb, "unpack"),
    "hostile bytes": ("samhsa", lambda: b"\x00\xff\xfe;DROP TABLE claim" * 99, "NUL byte"),
}


def test_no_file_can_do_harm_and_each_is_told_what_is_wrong_with_it(importing):
    """Two that only a bounded process may open; what else a file may hold: tests/curation/test_files.py."""
    desk = importing.curator()
    before = importing.records.count()
    for name, (source, body, sign) in HOSTILE.items():
        page = importing.send(desk, body(), source)
        assert sign in page.text, name
        assert page.form(page.response.request.path + "/apply") == {}, name
    assert importing.records.count() == before
    assert {one.state for one in importing.uploads()} == {"checked"}


def test_a_claim_of_ten_gigabytes_is_refused_before_anything_is_read(importing):
    desk = importing.curator()
    answer = desk.client.post(
        "/staff/imports",
        environ_overrides=claiming(10 * 2**30),
        headers=desk.headers,
    )
    assert answer.status_code == 413
    assert "Send at most 50 MB" in answer.text
    assert importing.uploads() == []
    assert not importing.shop.home.exists()


class Untouched(io.RawIOBase):
    """A body that nobody may read."""

    def readinto(self, _buffer):
        raise AssertionError("read")


def claiming(size):
    """A body that says it is this long."""
    kind = "multipart/form-data; boundary=x"
    return {"wsgi.input": Untouched(), "CONTENT_LENGTH": str(size), "CONTENT_TYPE": kind}


def test_only_who_may_import_sends_more_than_a_form_holds(importing):
    """A large body of anybody else is not even read."""
    referrer = Desk(importing.app)
    referrer.sign_in(importing.people.add("referrer"))
    for desk in (Desk(importing.app), referrer):
        answer = desk.client.post(
            "/staff/imports",
            environ_overrides=claiming(LARGEST),
            headers=desk.headers,
        )
        assert answer.status_code == 413
        assert "Send at most 256 kB" in answer.text


def test_a_form_that_cannot_be_read_says_what_to_mend_and_keeps_nothing(importing):
    desk = importing.curator()
    wrong = {
        "Pick the format": {"source": "magic"},
        "not after today": {"seen_on": "2099-01-01"},
        "not one of that list": {"edition": "samhsa:2024"},
        "carry their own dates": {"dated": "2020-01-01"},
        "not empty": {"file": (io.BytesIO(b""), "x.csv")},
    }
    for told, fields in wrong.items():
        page = importing.send(desk, NEW, **{"status": 422, **fields})
        assert told in page.text
    assert importing.uploads() == []
    assert list(importing.shop.home.glob("*")) == []


def test_a_refused_form_stands_as_it_was_typed_with_the_complaint_at_its_field(importing):
    """Pressed again it would else be tried under another format, as of today."""
    desk = importing.curator()
    typed = {"source": "samhsa", "seen_on": "2024-06-01", "edition": "samhsa:2024", "dated": "2025-01-01"}  # fmt: skip
    page = importing.send(desk, NEW, status=422, **typed)
    form = {name: values[0] for name, values in page.form("/staff/imports").items()}
    assert typed.items() <= form.items()
    wrong = [one for one in page.read.all("input", "select") if "aria-invalid" in one.attributes]
    assert [one.attributes["id"] for one in wrong] == ["dated"]
    page = importing.send(desk, NEW, status=422, source="dhcs", edition="samhsa:2024")
    (wrong,) = [one for one in page.read.all("select") if "aria-invalid" in one.attributes]
    assert wrong.attributes["aria-describedby"] == "edition-e1"
    assert page.form("/staff/imports")["source"] == ["dhcs"]


def kept(importing, state="waiting"):
    """A file that nobody has tried."""
    aside = put_aside(importing.shop.home, io.BytesIO(b"{}"))
    staff = importing.people.add("curator").number
    now, day = importing.watch.now, date(2024, 6, 1)
    sent = Upload(0, aside.name, "listing", aside.size, aside.digest, staff, now, day, state=state)
    with importing.services.book() as book:
        return book.uploads.get(book.uploads.add(sent))


def test_work_that_was_cut_off_is_told_and_can_be_tried_again(importing):
    desk = importing.curator()
    for state in ("checking", "applying"):
        number = kept(importing, state).number
        page = desk.get(f"/staff/imports/{number}")
        assert "cut off from outside" in page.text
        assert page.form(f"/staff/imports/{number}/check")
        assert not page.form(f"/staff/imports/{number}/apply")
    assert {one.state for one in importing.uploads()} == {"stopped"}


def test_a_file_that_another_machine_took_is_left_to_it(importing):
    """Several nodes share the store and not their disks: none takes another's work for cut off."""
    desk = importing.curator()
    sent = kept(importing, "checking")
    address, folder = f"/staff/imports/{sent.number}", importing.shop.folder(sent)
    folder.rename(importing.home / "elsewhere")
    page = desk.get(address)
    assert "This machine does not have the file" in page.text
    assert not any(page.form(f"{address}/{act}") for act in ("check", "apply", "delete"))
    desk.post(f"{address}/delete")
    tend(importing.services)
    assert importing.uploads()[0].state == "checking"
    (importing.home / "elsewhere").rename(folder)
    assert "cut off from outside" in desk.get(address).text


def test_while_work_goes_on_the_page_says_how_far_and_nobody_can_begin_it_again(importing):
    desk = importing.curator()
    sent = kept(importing, "checking")
    address = f"/staff/imports/{sent.number}"
    with importing.shop.held(sent):
        (importing.shop.folder(sent) / "err-0").write_text("read: 500/0\nread: 1000/0\n")
        page = desk.get(address)
        assert "1000 rows are read" in page.text
        assert page.link("Look again").endswith(address)
        for act in ("check", "delete"):
            assert "Try this one in a minute" in desk.post(f"{address}/{act}").text
        importing.watch.forward(days=2)
        assert tend(importing.services) == 0
    assert importing.uploads()[0].state == "checking"


def test_so_many_files_are_read_at_once_and_no_more_wait_than_there_is_room_for(importing):
    desk = importing.curator()
    first, second = (kept(importing, "checking") for _ in range(MOST_AT_WORK))
    with importing.shop.held(first), importing.shop.held(second):
        third = kept(importing)
        page = desk.post(f"/staff/imports/{third.number}/check")
        assert "Try this one in a minute" in page.text
        assert "Not tried yet" in page.text
        while len(importing.uploads()) < MOST_OPEN:
            kept(importing)
        assert "Too many files wait here" in importing.send(desk, NEW, status=422).text
    assert len(importing.uploads()) == MOST_OPEN


def test_a_file_goes_when_somebody_deletes_it_or_after_a_day(importing):
    desk = importing.curator()
    first, second = kept(importing), kept(importing)
    assert "The file is deleted" in importing.press(desk, first.number, "delete").text
    assert not importing.shop.folder(first).exists()
    importing.watch.forward(hours=23)
    assert tend(importing.services) == 0
    assert importing.shop.folder(second).exists()
    importing.watch.forward(hours=2)
    assert tend(importing.services) == 1
    assert not importing.shop.folder(second).exists()
    deleted = [told["why"] for act, told in importing.acts() if act == "file_deleted"]
    assert deleted == ["asked", "time"]
    importing.watch.forward(days=90)
    tend(importing.services)
    assert importing.uploads() == []
