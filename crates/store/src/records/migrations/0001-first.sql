-- Times are microseconds since 1970 UTC. Secrets are kept only as SHA-256 of the secret.

CREATE TABLE people(
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK(role IN ('learner', 'instructor')),
  password_hash TEXT,
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens(
  hash BLOB PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  expires_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_of ON tokens(person);

CREATE TABLE sessions(
  hash BLOB PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  csrf_secret BLOB NOT NULL,
  created_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of ON sessions(person);
CREATE INDEX sessions_by_expiry ON sessions(expires_us);

CREATE TABLE sign_in_links(
  hash BLOB PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  reusable INTEGER NOT NULL,
  expires_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_links_of ON sign_in_links(person);

CREATE TABLE sandboxes(
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL REFERENCES people(id),
  image TEXT NOT NULL,
  title TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  last_used_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sandboxes_of ON sandboxes(owner, created_us);

CREATE TABLE attempts(
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id),
  lab TEXT NOT NULL,
  lab_version TEXT NOT NULL,
  variant TEXT NOT NULL,
  seed INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sandbox TEXT REFERENCES sandboxes(id) ON DELETE SET NULL,
  state TEXT NOT NULL CHECK(state IN ('started', 'finished', 'abandoned')),
  started_us INTEGER NOT NULL,
  finished_us INTEGER,
  assigned TEXT NOT NULL,
  tripped TEXT NOT NULL DEFAULT '[]',
  UNIQUE(person, lab, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_in ON attempts(sandbox);

CREATE TABLE answers(
  seq INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
  check_id TEXT NOT NULL,
  value TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_of ON answers(attempt, check_id);

CREATE TABLE verdicts(
  seq INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
  check_id TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  expected TEXT NOT NULL,
  observed TEXT NOT NULL,
  location TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_of ON verdicts(attempt, check_id);

CREATE TABLE hints(
  attempt TEXT NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
  check_id TEXT NOT NULL,
  rung INTEGER NOT NULL,
  price REAL NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY(attempt, check_id, rung)
) STRICT, WITHOUT ROWID;

CREATE TABLE resets(
  seq INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
  grain TEXT NOT NULL CHECK(grain IN ('step', 'lab', 'sandbox', 'track')),
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX resets_of ON resets(attempt);
