use super::error::KitError;
use super::model::Kit;

/// All kits.
pub fn kits() -> &'static [Kit] {
    ::kits::kits()
}

/// The kit of this id.
///
/// # Errors
/// [`KitError::Unknown`] if there is none.
pub fn kit(id: &str) -> Result<&'static Kit, KitError> {
    ::kits::kit(id).ok_or_else(|| KitError::Unknown(format!("there is no test kit '{id}'")))
}
