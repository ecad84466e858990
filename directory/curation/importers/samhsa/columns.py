"""The layout of the National Directory, as data."""

FACILITIES = "facilities list"
CODE_SHEET = "service code reference"

NEEDED = (
    "name1",
    "name2",
    "street1",
    "street2",
    "city",
    "state",
    "zip",
    "phone",
    "service_code_info",
)

# The column `directory_type` of the CSV form. The workbooks hold one survey each and do not say it.
SURVEYS = {
    "substance": "substance",
    "su": "substance",
    "mental": "mental",
    "mh": "mental",
}
