-- Workshops: when each is, who is invited, in which hospital it plays, and everything that happened in it. Its events lie here and not in its
-- hospital's journal: that can be read by whoever may look into the hospital, and much of what happens is for one role alone.
CREATE TABLE workshops(
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  owner TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  code TEXT NOT NULL UNIQUE,
  begins_us INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  changed_us INTEGER NOT NULL,
  sandbox TEXT UNIQUE REFERENCES sandboxes(id) ON DELETE SET NULL,
  ended_us INTEGER
) STRICT, WITHOUT ROWID;

-- Who is invited or has come.
CREATE TABLE workshop_people(
  workshop TEXT NOT NULL REFERENCES workshops(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  PRIMARY KEY(workshop, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX workshop_people_of ON workshop_people(person);

CREATE TABLE workshop_events(
  workshop TEXT NOT NULL REFERENCES workshops(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(workshop, seq)
) STRICT, WITHOUT ROWID;
