//! Published HL7 v2 messages print back as they were, and every place in them can be found.

use std::fs;

use standards::hl7::message::Message;

use crate::examples::data;

#[test]
fn published_messages_print_back() {
    let folder = data("hl7v2-samples");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: the HL7 v2 messages are not at {}", folder.display());
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "hl7"));
    let mut passed = 0;
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        match check(&bytes) {
            Ok(()) => passed += 1,
            Err(what) => println!("{}: {what}", path.display()),
        }
    }
    println!("suite: HL7 v2 messages print back: {passed} of {}", paths.len());
    assert_eq!(passed, paths.len());
}

fn check(bytes: &[u8]) -> Result<(), String> {
    let message = Message::parse(bytes).map_err(|error| error.to_string())?;
    if message.bytes() != bytes {
        return Err("its bytes changed".to_owned());
    }
    for segment in message.segments() {
        for field in segment.fields() {
            let at = field.span().start;
            let path = message.locate(at).ok_or("a field has no place")?;
            let span = message.span(&path).ok_or_else(|| format!("{path} is not found"))?;
            let mut again = message.clone();
            if path.field.is_some() && again.set_raw(&path, &bytes[span]).is_ok() && again != message {
                return Err(format!("setting {path} to what it is changes the message"));
            }
        }
    }
    Ok(())
}
