use std::sync::LazyLock;

use crate::model::Kit;
use crate::{bulk, cds_hooks, dicom, hl7, smart, smart_client, us_core};

static KITS: LazyLock<Vec<Kit>> = LazyLock::new(|| {
    vec![
        us_core::kit(),
        smart::kit(),
        smart_client::kit(),
        cds_hooks::kit(),
        hl7::kit(),
        bulk::kit(),
        dicom::kit(),
    ]
});

/// All kits.
pub fn kits() -> &'static [Kit] {
    &KITS
}

/// The kit of this id.
pub fn kit(id: &str) -> Option<&'static Kit> {
    KITS.iter().find(|kit| kit.id == id)
}
