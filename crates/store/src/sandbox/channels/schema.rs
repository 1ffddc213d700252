/// The tables of the interface engine: only a sandbox has them.
pub(crate) const CHANNELS: &str = "
CREATE TABLE channel_version(
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  saved_us INTEGER NOT NULL,
  PRIMARY KEY(name, number)
) WITHOUT ROWID;

CREATE TABLE channel_deployment(
  name TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  changed_us INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE channel_message(
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  number INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  control_id TEXT NOT NULL,
  raw BLOB NOT NULL,
  transformed BLOB,
  error TEXT,
  maps TEXT NOT NULL,
  logs TEXT NOT NULL,
  replay_of INTEGER
);
CREATE INDEX channel_message_of ON channel_message(channel, id);
CREATE INDEX channel_message_received ON channel_message(id) WHERE state = 'RECEIVED';

CREATE TABLE channel_delivery(
  message INTEGER NOT NULL,
  place INTEGER NOT NULL,
  channel TEXT NOT NULL,
  destination TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_us INTEGER NOT NULL,
  settled_us INTEGER,
  payload BLOB,
  response BLOB,
  error TEXT,
  PRIMARY KEY(message, place)
) WITHOUT ROWID;
CREATE INDEX channel_delivery_of ON channel_delivery(channel, state);
CREATE INDEX channel_delivery_waiting ON channel_delivery(channel, destination, message)
  WHERE state IN ('PENDING', 'QUEUED');
";
