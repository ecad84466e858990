"""Curators keep listings true; administrators may look. Any listing is theirs, so none is owned."""

from collections.abc import Mapping

from directory.curation.files.limits import MEGABYTE
from directory.curation.uploading.aside import LARGEST
from directory.web.staff.access.asking import CURATORS, WHO_READ, Access

ROUTES: Mapping[str, Access] = {
    "curating": Access(WHO_READ),
    "queue_reports": Access(WHO_READ),
    "queue_proposals": Access(WHO_READ),
    "queue_links": Access(WHO_READ),
    "queue_conflicts": Access(WHO_READ),
    "queue_findings": Access(WHO_READ),
    "queue_stale": Access(WHO_READ),
    "record": Access(WHO_READ),
    "record_history": Access(WHO_READ),
    "close_report": Access(CURATORS),
    "set_item_aside": Access(CURATORS),
    "bring_item_back": Access(CURATORS),
    "answer_proposal": Access(CURATORS),
    "answer_pair": Access(CURATORS),
    "take_back_pair": Access(CURATORS),
    "edit_record": Access(CURATORS),
    "mend_record": Access(CURATORS),
    "undo_change": Access(CURATORS),
    "take_program_off": Access(CURATORS),
    "list_again": Access(CURATORS),
    "readdress": Access(CURATORS),
    "bulk": Access(CURATORS),
    "bulk_act": Access(CURATORS),
    "preview_bulk": Access(CURATORS),
    "apply_bulk": Access(CURATORS),
    # A round of calls is nobody's own; an uploaded file is.
    "audits": Access(CURATORS),
    "draw_audit": Access(CURATORS),
    "audit_round": Access(CURATORS),
    "audit_call": Access(CURATORS),
    "keep_call": Access(CURATORS),
    "imports": Access(CURATORS),
    "take_file": Access(CURATORS, most_bytes=LARGEST + MEGABYTE),
    "upload": Access(CURATORS, touches="upload"),
    "check_file": Access(CURATORS, touches="upload"),
    "apply_file": Access(CURATORS, touches="upload"),
    "delete_file": Access(CURATORS, touches="upload"),
}
