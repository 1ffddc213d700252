/// The tables of systems and interfaces: only a sandbox has them.
///
/// A message's `change` names the change that queued it, so that undo takes back what has not gone out yet.
pub(crate) const SYSTEMS: &str = "
CREATE TABLE system_record(
  system TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  due_us INTEGER,
  updated_us INTEGER NOT NULL,
  PRIMARY KEY(system, kind, key)
) WITHOUT ROWID;
CREATE INDEX system_record_due ON system_record(due_us) WHERE due_us IS NOT NULL;

CREATE TABLE interface_message(
  seq INTEGER PRIMARY KEY,
  interface TEXT NOT NULL,
  control_id TEXT NOT NULL,
  event TEXT NOT NULL,
  subject TEXT,
  body BLOB NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_us INTEGER NOT NULL,
  queued_us INTEGER NOT NULL,
  settled_us INTEGER,
  answer BLOB,
  change INTEGER NOT NULL
);
CREATE INDEX interface_message_of ON interface_message(interface, state, seq);
CREATE INDEX interface_message_waiting ON interface_message(interface, seq) WHERE state = 'waiting';
CREATE INDEX interface_message_known ON interface_message(interface, control_id);

CREATE TABLE interface_standing(
  interface TEXT PRIMARY KEY,
  standing TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_us INTEGER NOT NULL
) WITHOUT ROWID;
";
