-- Badges that were issued, each as the signed text it was handed out as. `status` is its place in the status list; a badge that is withdrawn
-- keeps its row, or nobody could be told that it was.
CREATE TABLE credentials(
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people(id),
  competency TEXT NOT NULL,
  level TEXT NOT NULL,
  title TEXT NOT NULL,
  issued_us INTEGER NOT NULL,
  status INTEGER NOT NULL UNIQUE,
  token TEXT NOT NULL,
  withdrawn_us INTEGER,
  withdrawn_why TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX credentials_of ON credentials(person, issued_us);
