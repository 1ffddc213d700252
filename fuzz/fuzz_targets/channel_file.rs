//! The file of a channel: the reader returns a channel and problems, each with a line of the file.
#![no_main]

use channels::channel::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let lines = text.split('\n').count();
    let (_, problems) = read(text);
    for problem in &problems {
        assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem:?} tells too little");
        assert!((1..=lines + 1).contains(&(problem.line as usize)), "{problem:?} is not in the file");
    }
    assert!(!problems.is_empty() || !text.trim().is_empty(), "nothing is no channel");
});
