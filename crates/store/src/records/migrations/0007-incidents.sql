-- Who is who in a hospital where actors are at work: one JSON document. It stands here and not in the sandbox, which its
-- learner may read, keep and hand on.
CREATE TABLE incidents(
  sandbox TEXT PRIMARY KEY REFERENCES sandboxes(id) ON DELETE CASCADE,
  truth TEXT NOT NULL
) STRICT, WITHOUT ROWID;
