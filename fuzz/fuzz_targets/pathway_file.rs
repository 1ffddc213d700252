//! The file of a pathway: reading ends with a library and problems, and what is without problems can be walked.
#![no_main]

use std::sync::Arc;

use hospital::pathways::read;
use hospital::population::{Recipe, generate_patient};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let checked = read([("pathways/fuzzed.toml", text)]);
    for problem in &checked.problems {
        assert!(!problem.what.is_empty() && problem.line > 0, "{problem:?} tells too little");
    }
    if checked.problems.is_empty() {
        let recipe = Recipe { patients: 2, ..Recipe::default() };
        let library = Arc::new(checked.value);
        for index in 0..2 {
            generate_patient(&recipe, &library, index, &mut |resource| assert!(!resource.body.is_empty()));
        }
    }
});
