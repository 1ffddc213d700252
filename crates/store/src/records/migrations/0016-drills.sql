-- Drills: which hospital each plays in, who takes part as whom, and what came of it. How one stands lies in its hospital.
CREATE TABLE drills(
  id TEXT PRIMARY KEY,
  sandbox TEXT NOT NULL UNIQUE REFERENCES sandboxes(id) ON DELETE CASCADE,
  scenario TEXT NOT NULL,
  owner TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  code TEXT NOT NULL UNIQUE,
  assessed INTEGER NOT NULL,
  began_us INTEGER NOT NULL,
  ended_us INTEGER,
  points INTEGER,
  passed INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX drills_of ON drills(owner, began_us);

-- Roles are written with spaces between them.
CREATE TABLE drill_members(
  drill TEXT NOT NULL REFERENCES drills(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  roles TEXT NOT NULL,
  PRIMARY KEY(drill, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_members_of ON drill_members(person);
