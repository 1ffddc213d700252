//! CDS Hooks: any JSON is read as a call, as feedback and as an answer, or refused with its problems.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use standards::cds_hooks::{HookCall, feedback, problems_of_answer, resolve};

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = serde_json::from_slice::<Value>(bytes) else { return };
    match HookCall::read(&body) {
        Ok(call) => {
            let named = |order: &Value| order["id"].is_string() && order["resourceType"].is_string();
            assert!(call.drafts.iter().all(named), "every draft has a name");
            for key in call.prefetch.keys() {
                assert!(call.prefetched(key, &["Patient"]).is_some());
            }
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
    assert!(feedback(&body).map_or_else(|problems| !problems.is_empty(), |told| !told.is_empty()));
    let _ = problems_of_answer(&body);
    if let Some(template) = body["template"].as_str() {
        let _ = resolve(template, &body["context"], 0);
    }
});
