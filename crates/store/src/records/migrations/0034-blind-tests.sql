-- Tests of risks on people whom nobody in the hospital has seen. What they are is made again when it is needed; the mark says which
-- people those were. A try keeps two scores: one that is told at once, and one that is told when the test is closed.
CREATE TABLE blind_tests(
  sandbox TEXT NOT NULL REFERENCES sandboxes(id) ON DELETE CASCADE,
  task TEXT NOT NULL,
  mark TEXT NOT NULL,
  opened_us INTEGER NOT NULL,
  chosen INTEGER,
  PRIMARY KEY(sandbox, task)
) STRICT;

CREATE TABLE blind_tries(
  sandbox TEXT NOT NULL,
  task TEXT NOT NULL,
  number INTEGER NOT NULL,
  tried_us INTEGER NOT NULL,
  tried_by TEXT NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  public TEXT NOT NULL,
  private TEXT NOT NULL,
  PRIMARY KEY(sandbox, task, number),
  FOREIGN KEY(sandbox, task) REFERENCES blind_tests(sandbox, task) ON DELETE CASCADE
) STRICT;
