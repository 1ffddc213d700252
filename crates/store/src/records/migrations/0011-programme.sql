-- A third kind of account, and the programme's own books. SQLite changes a CHECK only by making the table anew; foreign keys are not
-- enforced while migrations run, so nobody's rows follow the old table.
CREATE TABLE people_anew(
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK(role IN ('learner', 'instructor', 'associate')),
  password_hash TEXT,
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO people_anew SELECT id, login, name, role, password_hash, created_us FROM people;
DROP TABLE people;
ALTER TABLE people_anew RENAME TO people;

-- Schools, hosts, and the sites of hosts. `sourced_id` is what the system calls it that a class list came from.
CREATE TABLE organisations(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('school', 'host', 'site')),
  parent TEXT REFERENCES organisations(id),
  sourced_id TEXT UNIQUE,
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who belongs to an organisation, and as what.
CREATE TABLE affiliations(
  organisation TEXT NOT NULL REFERENCES organisations(id),
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK(part IN ('member', 'office', 'supervisor')),
  PRIMARY KEY(organisation, person, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX affiliations_of ON affiliations(person);

-- Days are written as 2031-09-01, which sorts as it reads.
CREATE TABLE cohorts(
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  organisation TEXT REFERENCES organisations(id),
  begins_on TEXT,
  ends_on TEXT,
  sourced_id TEXT UNIQUE,
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments(
  cohort TEXT NOT NULL REFERENCES cohorts(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK(part IN ('learner', 'instructor')),
  begins_on TEXT,
  ends_on TEXT,
  extra_days INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(cohort, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_of ON enrolments(person);

CREATE TABLE assignments(
  cohort TEXT NOT NULL REFERENCES cohorts(id) ON DELETE CASCADE,
  track TEXT NOT NULL,
  opens_on TEXT,
  due_on TEXT,
  PRIMARY KEY(cohort, track)
) STRICT, WITHOUT ROWID;

-- Grades changed by hand. Rows are added and never changed: the newest of a person and lab is in force, and all of them are its history. One
-- without a score takes the change back.
CREATE TABLE grade_changes(
  seq INTEGER PRIMARY KEY,
  cohort TEXT NOT NULL REFERENCES cohorts(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  lab TEXT NOT NULL,
  score REAL,
  computed REAL NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX grade_changes_of ON grade_changes(cohort, person, lab);

-- What the system that a class list came from calls our people.
CREATE TABLE roster_people(
  sourced_id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
