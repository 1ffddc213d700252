//! Object identifiers, of which clients know those of the usual types by heart (`pg_type.dat` of PostgreSQL 16).

use lake::Kind;

/// The schema of the system catalogue.
pub(super) const PG_CATALOG: i64 = 11;
/// The schema that tables stand in.
pub(super) const PUBLIC: i64 = 2_200;
/// The schema of the standard's own views.
pub(super) const INFORMATION_SCHEMA: i64 = 13_000;
/// The way tables are kept.
pub(super) const HEAP: i64 = 2;
/// The one owner of everything.
pub(super) const OWNER: i64 = 10;
/// The name of that owner.
pub(super) const OWNER_NAME: &str = "hospital";
/// The first of ours, where PostgreSQL begins with what users make.
const FIRST_TABLE: i64 = 16_384;
/// The collation of texts.
pub(super) const COLLATION: i64 = 100;

/// The identifier of a table, by its place among those of the grant.
pub(super) fn of_table(place: usize) -> i64 {
    FIRST_TABLE + i64::try_from(place).unwrap_or_default()
}

/// A type as clients know it.
pub(super) struct Type {
    pub(super) oid: i64,
    pub(super) name: &'static str,
    /// As people read it.
    pub(super) display: &'static str,
    /// Bytes, or -1.
    pub(super) length: i64,
    /// The type of its elements.
    pub(super) element: i64,
    /// The letter of its category.
    pub(super) category: &'static str,
}

const fn of(
    oid: i64,
    name: &'static str,
    display: &'static str,
    length: i64,
    category: &'static str,
) -> Type {
    Type { oid, name, display, length, element: 0, category }
}

/// The types that columns and answers have.
pub(super) const TYPES: [Type; 15] = [
    of(16, "bool", "boolean", 1, "B"),
    of(18, "char", "\"char\"", 1, "Z"),
    of(19, "name", "name", 64, "S"),
    of(20, "int8", "bigint", 8, "N"),
    of(21, "int2", "smallint", 2, "N"),
    of(23, "int4", "integer", 4, "N"),
    of(25, "text", "text", -1, "S"),
    of(26, "oid", "oid", 4, "N"),
    of(700, "float4", "real", 4, "N"),
    of(701, "float8", "double precision", 8, "N"),
    of(1_043, "varchar", "character varying", -1, "S"),
    of(1_082, "date", "date", 4, "D"),
    of(1_184, "timestamptz", "timestamp with time zone", 8, "D"),
    of(1_700, "numeric", "numeric", -1, "N"),
    Type { oid: 1_009, name: "_text", display: "text[]", length: -1, element: 25, category: "A" },
];

/// The type of a kind of column.
pub(super) fn of_kind(kind: Kind) -> i64 {
    match kind {
        Kind::Boolean => 16,
        Kind::Integer => 20,
        Kind::Number => 701,
        Kind::Text => 25,
        Kind::Date => 1_082,
        Kind::Instant => 1_184,
        Kind::Texts => 1_009,
    }
}
