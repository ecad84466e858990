"""The layout of the state list and what its words mean, as data."""

from collections.abc import Mapping
from typing import Any

NUMBER = "application_number"
NEEDED = (NUMBER, "facility_name", "program_code", "facility_city", "facility_zip")

# Program_Code: what a place is licensed or certified for, as the license is named; its level of
# care. The codes DSS and DPH of the list have no published meaning: they are kept as they are.
PROGRAMS: Mapping[str, tuple[str, str]] = {
    "NON": ("outpatient", "outpatient"),
    "NON-DETOX": ("outpatient with detox", "outpatient"),
    "RES": ("residential", "residential"),
    "RES-DETOX": ("residential with detox", "residential"),
}

_OPEN = {"women": "welcomes", "men": "welcomes"}
# Target_Population without its number ("1.1 --- CO-ED").
TARGETS: Mapping[str, Mapping[str, str]] = {
    "CO-ED": _OPEN,
    "CO-ED/YOUTH": {**_OPEN, "adolescents": "welcomes"},
    "CO-ED/CHILDREN": {**_OPEN, "parents": "welcomes"},
    "CO-ED/CHILD/DUAL": {**_OPEN, "parents": "welcomes"},
    "MEN ONLY": {"men": "dedicated", "women": "excludes"},
    "WOMEN ONLY": {"women": "dedicated", "men": "excludes"},
    "YOUTH/ADOLESCENT": {"adolescents": "dedicated"},
    "DUAL DIAGNOSIS": {},
    "FAMILIES": {"parents": "dedicated"},
    "WOMEN/CHILDREN": {},
    "WOMEN/YOUTH": {},
    "": {},
}
DUAL = {"DUAL DIAGNOSIS", "CO-ED/CHILD/DUAL"}

Plain = dict[str, Any]
