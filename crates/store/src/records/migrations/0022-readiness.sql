-- Links by which a learner shows how far they are for a job, and each look at one. What opens a link is
-- computed from its id with the key of the installation, so nothing in this file opens one.
CREATE TABLE readiness_links(
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  job TEXT NOT NULL,
  label TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,
  withdrawn_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX readiness_links_of ON readiness_links(person, created_us);

CREATE TABLE readiness_looks(
  link TEXT NOT NULL REFERENCES readiness_links(id) ON DELETE CASCADE,
  at_us INTEGER NOT NULL,
  who TEXT NOT NULL
) STRICT;
CREATE INDEX readiness_looks_of ON readiness_looks(link, at_us);
