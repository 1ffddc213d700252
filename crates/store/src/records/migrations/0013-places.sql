-- Places at hosts, documents with their days, what each side wishes, and matches. A match keeps what it was decided from as the very files, with its
-- seed and outcome, and is never changed; changes by hand are rows of their own, each with its price.
CREATE TABLE places(
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisations(id),
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  capacity INTEGER NOT NULL CHECK(capacity > 0),
  begins_on TEXT NOT NULL,
  ends_on TEXT,
  requirements TEXT NOT NULL,
  open INTEGER NOT NULL,
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE documents(
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  expires_on TEXT,
  added_us INTEGER NOT NULL,
  checked_by TEXT,
  checked_us INTEGER,
  PRIMARY KEY(person, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE wishes(
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  place TEXT NOT NULL REFERENCES places(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  PRIMARY KEY(person, place),
  UNIQUE(person, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX wishes_for ON wishes(place);

CREATE TABLE place_ranks(
  place TEXT NOT NULL REFERENCES places(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  PRIMARY KEY(place, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_runs(
  id TEXT PRIMARY KEY,
  round INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  frozen TEXT NOT NULL,
  outcome TEXT NOT NULL,
  left_out TEXT NOT NULL,
  by TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  published_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX match_runs_published ON match_runs(round) WHERE published_us IS NOT NULL;

CREATE TABLE match_overrides(
  seq INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES match_runs(id) ON DELETE CASCADE,
  applicant TEXT NOT NULL,
  place TEXT,
  reason TEXT NOT NULL,
  price TEXT NOT NULL,
  by TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX match_overrides_of ON match_overrides(run);
