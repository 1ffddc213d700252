-- Mentors, those who look for one, who was asked and what they said, their sessions, and who may look into whose hospital. Lists that are only
-- ever read and written whole are JSON.
CREATE TABLE mentor_profiles(
  person TEXT PRIMARY KEY REFERENCES people(id) ON DELETE CASCADE,
  profile TEXT NOT NULL,
  active INTEGER NOT NULL,
  updated_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mentee_profiles(
  person TEXT PRIMARY KEY REFERENCES people(id) ON DELETE CASCADE,
  profile TEXT NOT NULL,
  looking INTEGER NOT NULL,
  since_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows are added; of each only the answer changes, and only once away from 'open' and once more to 'ended'.
CREATE TABLE mentor_asks(
  id TEXT PRIMARY KEY,
  learner TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  mentor TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  why TEXT NOT NULL,
  worth INTEGER NOT NULL,
  asked_us INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK(answer IN ('open', 'accepted', 'declined', 'lapsed', 'ended')),
  answered_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX mentor_asks_of ON mentor_asks(learner, asked_us);
CREATE INDEX mentor_asks_to ON mentor_asks(mentor, asked_us);

CREATE TABLE mentor_sessions(
  id TEXT PRIMARY KEY,
  learner TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  mentor TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  begins_us INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  agenda TEXT NOT NULL,
  actions TEXT NOT NULL,
  cancelled INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  changed_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mentor_sessions_of ON mentor_sessions(learner, begins_us);
CREATE INDEX mentor_sessions_with ON mentor_sessions(mentor, begins_us);

CREATE TABLE sandbox_guests(
  sandbox TEXT NOT NULL REFERENCES sandboxes(id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  since_us INTEGER NOT NULL,
  PRIMARY KEY(sandbox, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_guests_of ON sandbox_guests(person);
