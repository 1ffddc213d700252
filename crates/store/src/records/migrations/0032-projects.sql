-- Team projects: which there are, who takes part in each and as what, everything that happened, and the files that were handed in.
CREATE TABLE projects(
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  cohort TEXT REFERENCES cohorts(id) ON DELETE SET NULL,
  begins_us INTEGER NOT NULL,
  sandbox TEXT UNIQUE REFERENCES sandboxes(id) ON DELETE SET NULL,
  ended_us INTEGER,
  figures TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE project_people(
  project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK(part IN ('member', 'panel')),
  PRIMARY KEY(project, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_people_of ON project_people(person);

CREATE TABLE project_events(
  project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(project, seq)
) STRICT, WITHOUT ROWID;

-- A file lies under the number of the event by which it was handed in.
CREATE TABLE project_files(
  project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY(project, seq)
) STRICT;
