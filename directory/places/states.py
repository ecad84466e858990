"""The states and territories a place can be in, and the names of elsewhere."""

STATE_NAMES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "US Virgin Islands",
}  # fmt: skip

_SHORT_FORMS = {
    "calif": "CA", "cal": "CA", "d c": "DC", "dc": "DC", "wash": "WA", "mass": "MA", "penn": "PA",
    "tex": "TX", "fla": "FL", "ariz": "AZ", "colo": "CO", "virgin islands": "VI",
}  # fmt: skip

STATE_BY_NAME: dict[str, str] = {
    **{code.lower(): code for code in STATE_NAMES},
    **{name.lower(): code for code, name in STATE_NAMES.items()},
    **_SHORT_FORMS,
}

# Written after a city, these say it is not in the United States ("London, UK"). "Ontario" and
# "Mexico" alone are American towns as well, so they count only in second place.
FOREIGN_NAMES = frozenset({
    "canada", "alberta", "british columbia", "bc", "manitoba", "ontario", "quebec", "nova scotia",
    "new brunswick", "saskatchewan", "mexico", "baja california", "jalisco", "uk", "england",
    "scotland", "wales", "united kingdom", "ireland", "france", "germany", "spain", "italy",
    "australia", "india", "china", "japan", "philippines", "brazil", "guatemala", "el salvador",
})  # fmt: skip

HOME_NAMES = frozenset({"us", "usa", "u s a", "u s", "united states", "estados unidos"})
