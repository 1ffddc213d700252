-- Sittings of assessments: each learner takes one form first and the other last. What was answered is kept when it is handed in, and never
-- changed.
CREATE TABLE assessment_sittings(
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  assessment TEXT NOT NULL,
  sitting TEXT NOT NULL CHECK(sitting IN ('first', 'last')),
  version TEXT NOT NULL,
  form TEXT NOT NULL CHECK(form IN ('a', 'b')),
  answers TEXT NOT NULL,
  marks TEXT NOT NULL,
  done_us INTEGER NOT NULL,
  PRIMARY KEY(person, assessment, sitting)
) STRICT, WITHOUT ROWID;
