/// Raised whenever a stored file of an older shape can no longer be read as it is.
pub(crate) const SCHEMA_VERSION: i64 = 4;

/// Resources, their versions and their index rows: the same in an image and in a sandbox.
///
/// `rid` is a resource's number for life. An image counts up from 1; a sandbox keeps the image's number for what it
/// changes and counts its own from [`FIRST_OVERLAY_RID`]. So shadowing is a point look-up, and the order of `rid` is
/// a stable order for paging whatever is updated meanwhile.
///
/// Index rows are keyed by parameter and value and end in `rid`: one look-up lists the hits in page order, and a
/// second criterion is a point look-up. Ranges are keyed by `rid`; dates, which often come alone, by their start as well.
/// Values that are found together only, such as those of one component, stand under the number of their element instead
/// (see [`element_rid`]).
pub(crate) const SHARED: &str = "
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE resource(
  rid INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  head INTEGER NOT NULL
);
CREATE UNIQUE INDEX resource_identity ON resource(type, id);
CREATE INDEX resource_of_type ON resource(type, deleted);
CREATE INDEX resource_updated ON resource(type, updated_us);

CREATE TABLE version(
  seq INTEGER PRIMARY KEY,
  rid INTEGER NOT NULL,
  number INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  method TEXT NOT NULL,
  change INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE UNIQUE INDEX version_of ON version(rid, number);

CREATE TABLE token(param INTEGER NOT NULL, code TEXT NOT NULL, system INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(param, code, rid, system)) WITHOUT ROWID;
CREATE TABLE string(param INTEGER NOT NULL, value TEXT NOT NULL, exact TEXT NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(param, value, exact, rid)) WITHOUT ROWID;
CREATE TABLE reference(param INTEGER NOT NULL, target TEXT NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(param, target, rid)) WITHOUT ROWID;
CREATE TABLE uri(param INTEGER NOT NULL, value TEXT NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(param, value, rid)) WITHOUT ROWID;
CREATE TABLE label(param INTEGER NOT NULL, value TEXT NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(param, value, rid)) WITHOUT ROWID;
CREATE TABLE date(param INTEGER NOT NULL, rid INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
  PRIMARY KEY(param, rid, low, high)) WITHOUT ROWID;
CREATE INDEX date_low ON date(param, low, high);
CREATE TABLE number(param INTEGER NOT NULL, rid INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  PRIMARY KEY(param, rid, low, high)) WITHOUT ROWID;
CREATE TABLE quantity(param INTEGER NOT NULL, rid INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  system INTEGER NOT NULL, code TEXT NOT NULL, unit TEXT NOT NULL,
  PRIMARY KEY(param, rid, low, high, system, code, unit)) WITHOUT ROWID;
";

/// What only an image has: of each type the body that the others are packed against.
pub(crate) const IMAGE: &str = "
CREATE TABLE exemplar(type TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
";

/// What only a sandbox has: the journal, and index rows found again by resource when one changes.
pub(crate) const OVERLAY: &str = "
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY,
  virtual_us INTEGER NOT NULL,
  wall_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX version_change ON version(change);
CREATE INDEX token_of ON token(rid);
CREATE INDEX string_of ON string(rid);
CREATE INDEX uri_of ON uri(rid);
CREATE INDEX label_of ON label(rid);
CREATE INDEX date_of ON date(rid);
CREATE INDEX number_of ON number(rid);
CREATE INDEX quantity_of ON quantity(rid);
";

/// References found again by the resource that holds them: for changes, and to follow them. An image gets it when all its
/// rows are there.
pub(crate) const REFERENCES_OF: &str = "CREATE INDEX reference_of ON reference(rid, param);";

/// Bits of an element's number within its resource.
const ELEMENT_BITS: u32 = 20;

/// Under which number the index rows of an element stand: below zero, `rid` in the upper bits. Element 0 is the resource
/// itself.
pub(crate) const fn element_rid(rid: i64, element: u32) -> i64 {
    if element == 0 { rid } else { -(rid << ELEMENT_BITS | element as i64) }
}

/// The least and the greatest number of the elements of resource `rid`, as SQL.
pub(crate) fn element_rids(rid: &str) -> [String; 2] {
    let last = (1_u32 << ELEMENT_BITS) - 1;
    [format!("-({rid} << {ELEMENT_BITS} | {last})"), format!("-({rid} << {ELEMENT_BITS} | 1)")]
}

/// The resource of the element of number `rid`, as SQL.
pub(crate) fn resource_of_element(rid: &str) -> String {
    format!("(-{rid} >> {ELEMENT_BITS})")
}

/// The first `rid` a sandbox gives to a resource that its image does not have.
pub(crate) const FIRST_OVERLAY_RID: i64 = 1 << 40;

/// The tables that hold index rows.
pub(crate) const INDEX_TABLES: [&str; 8] =
    ["token", "string", "reference", "uri", "label", "date", "number", "quantity"];

/// A code system or unit system as a number: 48 bits of FNV-1a, 0 for none. Six bytes a row instead of thirty; two
/// of a thousand systems share one with a chance of about one in 500 million.
pub(crate) fn system_key(system: Option<&str>) -> i64 {
    let Some(uri) = system else { return 0 };
    let hash = uri.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    ((hash ^ (hash >> 48)) & 0x0000_7fff_ffff_ffff).max(1) as i64
}
