"""What a curator does in the editor of a record, in a few verbs; the site may run here or elsewhere."""

EDIT = "/staff/record/edit"
EVENING = "example-lamplight-evening"


class Editing:
    """Open the editor, type, look, keep."""

    def editor(self, desk, *facts, program=EVENING):
        """The editor with these facts ('site.phone'), as the record's form leads to it."""
        asked = "&".join(f"fact={one}" for one in facts)
        return desk.get(f"{EDIT}?program={program}&{asked}")

    def look(self, desk, page, status=200, **fields):
        """Send the editor as it stands, some fields typed over; names have '.' written as '__'."""
        form = {**page.form(EDIT), **typed(fields)}
        return desk.post(EDIT, {"step": "look", **form}, status)

    def keep(self, desk, page, status=200):
        """Press 'keep' on the page that shows the change."""
        return desk.post(EDIT, {**page.form(EDIT), "step": "keep"}, status)

    def mend(self, desk, *facts, program=EVENING, **fields):
        """Open the editor, type, look, keep: the record's page."""
        page = self.editor(desk, *facts, program=program)
        return self.keep(desk, self.look(desk, page, **fields))


def typed(fields):
    """Python names as names of fields."""
    return {name.replace("__", "."): value for name, value in fields.items()}
