-- What people came to when they looked at a sign that work may not be a learner's own. Rows are added and never changed: the newest of a
-- sign is in force.
CREATE TABLE integrity_looks(
  seq INTEGER PRIMARY KEY,
  cohort TEXT NOT NULL REFERENCES cohorts(id) ON DELETE CASCADE,
  sign TEXT NOT NULL,
  attempt TEXT NOT NULL REFERENCES attempts(id) ON DELETE CASCADE,
  decision TEXT NOT NULL CHECK(decision IN ('explained', 'spoken', 'again')),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX integrity_looks_of ON integrity_looks(cohort, sign);
