-- us.sqlite, written by build.py and opened read-only by directory/places/gazetteer.py.
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';

-- Which package versions the rows come from.
CREATE TABLE inputs (package TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE time_zones (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE counties (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- precision: 'zip' the middle of the ZIP's area; 'place' its city's point.
-- zips_nearby: distinct ZIP points within 10 miles.
CREATE TABLE zips (
    zip TEXT PRIMARY KEY,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    county INTEGER NOT NULL REFERENCES counties (id),
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    time_zone INTEGER NOT NULL REFERENCES time_zones (id),
    precision TEXT NOT NULL CHECK (precision IN ('zip', 'place')),
    zips_nearby INTEGER NOT NULL
) WITHOUT ROWID;

-- size: people, or the number of its ZIPs where nobody counted people.
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    county INTEGER NOT NULL REFERENCES counties (id),
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    size INTEGER NOT NULL,
    time_zone INTEGER NOT NULL REFERENCES time_zones (id),
    zips_nearby INTEGER NOT NULL
);

-- folded: as directory/places/spelling.py folds it. shown: instead of the place's own name.
-- mailed: the post office's city of this name (of two Montroses in Pennsylvania, one is).
CREATE TABLE names (
    folded TEXT NOT NULL,
    place INTEGER NOT NULL REFERENCES places (id),
    shown TEXT,
    mailed INTEGER NOT NULL,
    PRIMARY KEY (folded, place)
) WITHOUT ROWID;
