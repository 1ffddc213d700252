//! Imaging objects: kept as they came, found, taken back.

use store::StoreError;
use store::instances::{InstanceFilter, NewInstance};

use crate::hospital::{ID, event, hospital, patient};

fn object<'a>(sop_instance: &'a str, patient_id: &'a str, bytes: &'a [u8]) -> NewInstance<'a> {
    NewInstance {
        sop_instance,
        sop_class: "1.2.840.10008.5.1.4.1.1.2",
        series: "1.2.3",
        study: "1.2",
        patient_id,
        accession: "A1",
        syntax: "1.2.840.10008.1.2.1",
        received_us: 1,
        tags: "{}",
        bytes,
    }
}

#[test]
fn an_object_is_kept_once_found_by_what_it_says_and_gone_with_undo_and_reset() {
    let hospital = hospital(&[]);
    let before = hospital.sandbox.state_digest().unwrap();
    let keep = |object: &NewInstance<'_>| {
        hospital.sandbox.change(|change| change.put_instance(object, &event("dicom.store")))
    };
    keep(&object("1.2.3.4", "M1", b"one")).unwrap();
    hospital.put(&patient("a", "Berg"));
    keep(&object("1.2.3.5", "M2", b"three")).unwrap();
    assert!(matches!(keep(&object("1.2.3.4", "M1", b"other")), Err(StoreError::Conflict { .. })));
    let found = |filter: InstanceFilter<'_>| {
        let rows = hospital.sandbox.view(|view| view.instances(filter)).unwrap();
        rows.into_iter().map(|row| row.sop_instance).collect::<Vec<_>>()
    };
    assert_eq!(found(InstanceFilter::default()), ["1.2.3.4", "1.2.3.5"]);
    assert_eq!(found(InstanceFilter { patient_id: Some("M2"), ..Default::default() }), ["1.2.3.5"]);
    assert_eq!(found(InstanceFilter { study: Some("1.3"), ..Default::default() }), [""; 0]);
    let bytes = || hospital.sandbox.view(|view| view.instance_bytes("1.2.3.5")).unwrap();
    assert_eq!(bytes().as_deref(), Some(&b"three"[..]));
    assert_eq!(hospital.sandbox.view(|view| view.instances_size()).unwrap(), (2, 8));
    assert!(hospital.undo());
    assert_eq!(bytes(), None);
    assert!(hospital.undo() && hospital.undo());
    assert_eq!(hospital.sandbox.state_digest().unwrap(), before);
    assert!(!hospital.undo());
    keep(&object("1.2.3.4", "M1", b"one")).unwrap();
    let sandbox = hospital.sandboxes.open(ID, 1).unwrap();
    hospital.sandboxes.reset(&sandbox, &[], |_, _| event("sandbox.reset")).unwrap();
    assert_eq!(found(InstanceFilter::default()), [""; 0]);
}
