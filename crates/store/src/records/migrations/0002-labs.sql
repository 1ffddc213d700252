-- What is known of each check of an attempt, as one JSON object by check, and when any check last came to pass or
-- ceased to. Evidence is in `verdicts`; this can be forgotten by a reset.
CREATE TABLE check_states(
  attempt TEXT PRIMARY KEY REFERENCES attempts(id) ON DELETE CASCADE,
  states TEXT NOT NULL,
  changed_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Secrets of this installation, each made once.
CREATE TABLE keys(
  name TEXT PRIMARY KEY,
  key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
