-- Two learners who take part in the match as one, once both have agreed, and the pairs of places they wish for. An empty place means that this
-- partner would go without.
CREATE TABLE match_couples(
  id TEXT PRIMARY KEY,
  one TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  other TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  asked_us INTEGER NOT NULL,
  agreed_us INTEGER,
  CHECK(one <> other)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_couples_of ON match_couples(one);
CREATE INDEX match_couples_with ON match_couples(other);

CREATE TABLE couple_wishes(
  couple TEXT NOT NULL REFERENCES match_couples(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  place_one TEXT REFERENCES places(id) ON DELETE CASCADE,
  place_other TEXT REFERENCES places(id) ON DELETE CASCADE,
  PRIMARY KEY(couple, rank)
) STRICT, WITHOUT ROWID;
