-- Models of an outcome that were trained in a hospital or brought to it. What a version was made from and what is known of it is one
-- JSON document; the model is the file as it is asked. A version is never changed: a better one is the next.
CREATE TABLE models(
  sandbox TEXT NOT NULL REFERENCES sandboxes(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  made_us INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  record TEXT NOT NULL,
  file BLOB NOT NULL,
  PRIMARY KEY(sandbox, name, version)
) STRICT;
