use store::sandbox::Stored;

/// What an interaction gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A resource as it is stored.
    Resource(Stored),
    /// A new resource came to be, by create or by an update under a new id.
    Created(Stored),
    /// A resource has a new version.
    Updated(Stored),
    /// The resource is gone, or was gone already. The number is the tombstone's version, 0 if there never was one.
    Deleted(u64),
    /// The client has this version already.
    NotModified(Stored),
    /// A resource the server made for this answer: search results, a history, a bundle's responses, what an operation
    /// found.
    Made(Vec<u8>),
    /// Something that is no resource, such as a table.
    Content {
        /// Its media type.
        media_type: &'static str,
        /// It.
        body: Vec<u8>,
    },
}
