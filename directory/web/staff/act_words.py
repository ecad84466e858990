"""What each line of the trail says, in words."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from directory.accounts.trail import What
from directory.web.i18n import lazy_gettext

ACT_WORDS: Mapping[What, LazyString] = {
    "signed_in": lazy_gettext("Signed in"),
    "signed_out": lazy_gettext("Signed out"),
    "session_ended": lazy_gettext("Ended a sign-in"),
    "password_set": lazy_gettext("Set a password with a link"),
    "password_changed": lazy_gettext("Changed the password"),
    "account_added": lazy_gettext("Added an account"),
    "account_changed": lazy_gettext("Changed an account"),
    "account_disabled": lazy_gettext("Closed an account"),
    "account_enabled": lazy_gettext("Opened an account again"),
    "link_made": lazy_gettext("Made a one-time link"),
    "organization_added": lazy_gettext("Added an organization"),
    "organization_changed": lazy_gettext("Changed an organization"),
    "second_factor_set": lazy_gettext("Turned the second step on"),
    "second_factor_passed": lazy_gettext("Showed a code"),
    "second_factor_removed": lazy_gettext("Turned the second step off"),
    "recovery_code_used": lazy_gettext("Used a recovery code"),
    "recovery_codes_made": lazy_gettext("Made recovery codes"),
    "provider_awaited": lazy_gettext("Let an account use its organization's sign-in"),
    "provider_bound": lazy_gettext("Came in with their organization for the first time"),
    "provider_left": lazy_gettext("Took the organization's sign-in away"),
    "case_opened": lazy_gettext("Opened a case"),
    "case_closed": lazy_gettext("Closed a case"),
    "shortlist_changed": lazy_gettext("Changed a shortlist"),
    "ticket_moved": lazy_gettext("Moved a ticket"),
    "ticket_noted": lazy_gettext("Noted something from the list at a ticket"),
    "kind_saved": lazy_gettext("Kept a kind of case"),
    "kind_removed": lazy_gettext("Forgot a kind of case"),
    "referrals_exported": lazy_gettext("Took tickets away as a file"),
    "referrals_tended": lazy_gettext("Tickets ran out or were deleted"),
    "store_restored": lazy_gettext("Brought a backup back; everybody was signed out"),
    "partner_added": lazy_gettext("Made a key for a partner site"),
    "partner_changed": lazy_gettext("Changed a partner site"),
    "partner_paused": lazy_gettext("Paused a key"),
    "partner_reopened": lazy_gettext("Opened a paused key again"),
    "partner_revoked": lazy_gettext("Revoked a key"),
    "partner_restored": lazy_gettext("Opened a revoked key again"),
    "partner_given": lazy_gettext("Gave a key to an organization"),
    "api_key_made": lazy_gettext("Made a key for a server"),
    "api_key_changed": lazy_gettext("Changed a key for a server"),
    "api_key_revoked": lazy_gettext("Ended a key for a server"),
    "file_uploaded": lazy_gettext("Uploaded a file"),
    "file_checked": lazy_gettext("A file was tried, and nothing changed"),
    "file_applied": lazy_gettext("Asked to take a file in"),
    "file_taken_in": lazy_gettext("A file was taken in"),
    "file_deleted": lazy_gettext("An uploaded file was deleted"),
}
