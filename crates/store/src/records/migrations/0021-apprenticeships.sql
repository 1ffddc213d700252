-- Apprenticeships: who has to do with each, and its record, which is a list that only grows. Each entry carries the hash of the one before, so what
-- was written stays as it was, or shows. People who stand in a record are not deleted from under it.
CREATE TABLE apprenticeships(
  id TEXT PRIMARY KEY,
  apprentice TEXT NOT NULL REFERENCES people(id),
  employer TEXT NOT NULL REFERENCES organisations(id),
  supervisor TEXT NOT NULL REFERENCES people(id),
  created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX apprenticeships_of ON apprenticeships(apprentice);
CREATE INDEX apprenticeships_under ON apprenticeships(supervisor);
CREATE INDEX apprenticeships_at ON apprenticeships(employer);

CREATE TABLE apprenticeship_entries(
  apprenticeship TEXT NOT NULL REFERENCES apprenticeships(id),
  seq INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY(apprenticeship, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER apprenticeship_entries_stay BEFORE UPDATE ON apprenticeship_entries
BEGIN SELECT RAISE(ABORT, 'an entry of a record is never changed'); END;

-- What an office has to report of a person and nobody else may see. Each row is sealed with the key of the installation, which is not in this
-- file; nothing here can be searched or joined by what it says.
CREATE TABLE particulars(
  person TEXT PRIMARY KEY REFERENCES people(id) ON DELETE CASCADE,
  sealed TEXT NOT NULL,
  changed_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
