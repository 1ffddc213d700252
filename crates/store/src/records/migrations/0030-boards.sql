-- Boards of workshops: the document as it was when it was last written whole, and the updates since. What stands in them is nobody's secret, and
-- names nobody; who may read it is decided by who may enter the workshop.
CREATE TABLE boards(
  workshop TEXT PRIMARY KEY REFERENCES workshops(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  state BLOB NOT NULL,
  locked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE board_updates(
  workshop TEXT NOT NULL REFERENCES workshops(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY(workshop, seq)
) STRICT, WITHOUT ROWID;
