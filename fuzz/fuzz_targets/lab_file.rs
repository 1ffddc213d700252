//! The file of a lab: the loader returns a catalogue and problems, each with a place in a file that was given.
#![no_main]

use libfuzzer_sys::fuzz_target;
use training::content::{SourceFile, load};

const PLACES: [&str; 4] =
    ["labs/fuzzed/lab.md", "labs/fuzzed/variants/one.toml", "labs/fuzzed/solution/one.toml", "tracks/fuzzed.toml"];

fuzz_target!(|bytes: &[u8]| {
    let files: Vec<SourceFile> = PLACES.iter().map(|path| SourceFile::new(*path, bytes)).collect();
    let checked = load(&files);
    for problem in &checked.problems {
        assert!(!problem.what.is_empty() && !problem.place.file.is_empty(), "{problem:?} tells too little");
    }
});
