"""What each setting is for, and why production refuses some values, in words."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from directory.web.i18n import lazy_gettext

SETTING_WORDS: Mapping[str, LazyString] = {
    "DIRECTORY_HOME": lazy_gettext("Where database and published listings lie."),
    "DIRECTORY_DATABASE_URL": lazy_gettext("The database. Empty: a file in home."),
    "DIRECTORY_REPLICA_URL": lazy_gettext("A copy of the database that may be read. Empty: none."),
    "DIRECTORY_SHARED": lazy_gettext("A folder that several servers share. Empty: one server."),
    "DIRECTORY_PRODUCTION": lazy_gettext("Whether unsafe settings are refused at the start."),
    "DIRECTORY_EXAMPLES": lazy_gettext("Whether invented programs are published, too."),
    "DIRECTORY_SECRET": lazy_gettext("Seals addresses of searches. Empty: a file in home."),
    "DIRECTORY_BASE_URL": lazy_gettext("The address people see."),
    "DIRECTORY_REGION_STATE": lazy_gettext("Your state: settles which of two towns is meant."),
    "DIRECTORY_REGION_NAME": lazy_gettext("Your region, as people call it."),
    "DIRECTORY_REGION_NEAR": lazy_gettext("A point in the middle of it."),
    "DIRECTORY_HELP_LINE_NAME": lazy_gettext("What the help line is called on every page."),
    "DIRECTORY_HELP_LINE_NAME_ES": lazy_gettext("The same in Spanish."),
    "DIRECTORY_HELP_LINE_PHONE": lazy_gettext("Its phone, beside 988 and 911."),
    "DIRECTORY_SEARCH_MINUTES": lazy_gettext("Minutes that the address of a search works."),
    "DIRECTORY_STAFF_IDLE_MINUTES": lazy_gettext("Minutes without use that end a sign-in."),
    "DIRECTORY_STAFF_HOURS": lazy_gettext("Hours that end a sign-in, used or not."),
    "DIRECTORY_OIDC_ISSUER": lazy_gettext("The sign-in service of your organization."),
    "DIRECTORY_OIDC_CLIENT_ID": lazy_gettext("The name it knows this directory by."),
    "DIRECTORY_OIDC_CLIENT_SECRET": lazy_gettext("The secret that goes with the name."),
    "DIRECTORY_OIDC_SECOND_FACTOR": lazy_gettext("What it says where a second step was shown."),
    "DIRECTORY_PARTNER_CONTACT": lazy_gettext("Where sites ask for a key to show the finder."),
    "DIRECTORY_SECURITY_CONTACT": lazy_gettext("Where people tell that something is not safe."),
    "DIRECTORY_FINDTREATMENT_URL": lazy_gettext("The federal service we may fetch lists from."),
    "DIRECTORY_API_PER_MINUTE": lazy_gettext("Requests a minute of one network without a key."),
    "DIRECTORY_REPORTS_PER_HOUR": lazy_gettext("Reports an hour of one network by the API."),
    "DIRECTORY_METRICS": lazy_gettext("Whether figures for watching the server are told."),
    "DIRECTORY_METRICS_TOKEN": lazy_gettext("Opens these figures from another machine."),
    "DIRECTORY_TRUSTED_PROXIES": lazy_gettext("How many proxies stand before the server."),
}
"""A test asks for every setting."""

RISK_WORDS: Mapping[str, LazyString] = {
    "DIRECTORY_SECRET": lazy_gettext("Set a secret of at least 32 random characters."),
    "DIRECTORY_EXAMPLES": lazy_gettext(
        "Set it to 0: nobody may take an invented program for real."
    ),
    "DIRECTORY_BASE_URL": lazy_gettext("Set the https address that people see."),
    "DIRECTORY_TRUSTED_PROXIES": lazy_gettext("Say how many proxies there are: one ends https."),
    "DIRECTORY_HOME": lazy_gettext("Let nobody else write in that folder."),
    "FLASK_DEBUG": lazy_gettext("Take it away: it shows our code to whoever asks."),
}
