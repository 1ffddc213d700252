use data_encoding::BASE32_NOPAD;
use store::StoreError;
use training::attempt::Seed;

use crate::platform::Platform;

impl Platform {
    /// The secret under which attempts draw their seeds. Made once, so that the same attempt can always be made again.
    pub(super) fn seed_key(&self) -> Result<[u8; 32], StoreError> {
        let mut fresh = [0; 32];
        self.entropy.fill(&mut fresh);
        self.records.key("seeds", fresh)
    }
}

/// The number kept with an attempt, from which everything in it is drawn.
pub(super) fn number(key: &[u8], learner: &str, lab: &str, attempt: u32) -> u64 {
    Seed::derive(key, learner, lab, attempt).draw("attempt")
}

/// The seed behind that number.
pub(super) fn seed_of(number: u64) -> Seed {
    Seed::derive(&number.to_be_bytes(), "", "", 0)
}

/// An id of 12 base-32 characters that the seed gives for a name.
pub(super) fn id_of(seed: &Seed, name: &str) -> String {
    let mut text = BASE32_NOPAD.encode(&seed.draw(name).to_be_bytes()).to_ascii_lowercase();
    text.truncate(12);
    text
}
