//! What a DICOM peer sends: any bytes are taken as PDUs or refused, and what goes out can be read again.
#![no_main]

use imaging::association::{Acceptor, Frames, Step, bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|sent: &[u8]| {
    let mut frames = Frames::default();
    let mut acceptor = Acceptor::default();
    frames.push(sent);
    while let Ok(Some(pdu)) = frames.next_pdu() {
        let mut waiting = acceptor.take(pdu);
        while let Some(step) = waiting.pop() {
            match step {
                Step::Decide(_) => waiting.extend(acceptor.accept()),
                Step::Send(pdu) => {
                    let mut back = Frames::default();
                    back.push(&bytes(&pdu));
                    assert!(matches!(back.next_pdu(), Ok(Some(_))), "what we send is a PDU: {pdu:?}");
                }
                Step::Perform(message) => {
                    let peer = acceptor.peer_pdu_bytes_max();
                    assert!(message.pdus(peer).iter().all(|pdu| bytes(pdu).len() <= peer as usize + 6));
                }
                Step::Close(_) => return,
            }
        }
    }
});
