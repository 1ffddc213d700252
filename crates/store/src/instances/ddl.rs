/// The table of a sandbox's imaging objects. Sizes stand beside the bytes, so that counting reads no picture.
pub(crate) const INSTANCES: &str = "
CREATE TABLE instance(
  seq INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  sop_instance TEXT NOT NULL UNIQUE,
  sop_class TEXT NOT NULL,
  series TEXT NOT NULL,
  study TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  accession TEXT NOT NULL,
  syntax TEXT NOT NULL,
  received_us INTEGER NOT NULL,
  tags TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX instance_study ON instance(study);
CREATE INDEX instance_patient ON instance(patient_id);
CREATE INDEX instance_change ON instance(change);
";
