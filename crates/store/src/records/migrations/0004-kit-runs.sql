-- Runs of test kits from within a sandbox. What a run found is one JSON document, written when it began and when it ended.
CREATE TABLE kit_runs(
  id TEXT PRIMARY KEY,
  sandbox TEXT NOT NULL REFERENCES sandboxes(id) ON DELETE CASCADE,
  kit TEXT NOT NULL,
  outcome TEXT NOT NULL,
  began_us INTEGER NOT NULL,
  ended_us INTEGER,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kit_runs_of ON kit_runs(sandbox, began_us);
