//! Images made and brought in from elsewhere.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use platform::content::Library;
use platform::images::{Format, Images, Recipe, generate_files, generate_image, import_image};
use serde_json::json;
use store::StoreError;

use super::desk::{NOW_US, desk, ids};

fn images(folder: &Path) -> Images {
    Images::new(folder.join("images"))
}

fn pathways() -> Arc<Library> {
    platform::content::pathways(None).unwrap()
}

fn few() -> Recipe {
    Recipe { patients: 12, seed: 5, ..Recipe::default() }
}

#[test]
fn the_same_recipe_gives_the_same_image() {
    let folder = tempfile::tempdir().unwrap();
    let images = images(folder.path());
    let heard = std::sync::Mutex::new(Vec::new());
    let progress = |patients| heard.lock().unwrap().push(patients);
    let one = generate_image(&images, "one", "One", &few(), &pathways(), &progress).unwrap();
    assert_eq!(heard.into_inner().unwrap().last(), Some(&12));
    let two = generate_image(&images, "two", "Two", &few(), &pathways(), &|_| {}).unwrap();
    assert_eq!((&one.digest, one.resources), (&two.digest, two.resources));
    assert!(one.resources > 12 * 20, "{} resources", one.resources);
    let other = generate_image(&images, "three", "Three", &Recipe { seed: 6, ..few() }, &pathways(), &|_| {})
        .unwrap();
    assert_ne!(one.digest, other.digest);
}

#[test]
fn files_come_back_as_the_same_image() {
    let folder = tempfile::tempdir().unwrap();
    let images = images(folder.path());
    let made = generate_image(&images, "made", "Made", &few(), &pathways(), &|_| {}).unwrap();
    for (name, format) in [("ndjson", Format::Ndjson), ("bundle", Format::Bundle)] {
        let files = folder.path().join(name);
        let written = generate_files(&few(), &pathways(), format, &files, &|_| {}).unwrap();
        let (image, imported) = import_image(&images, name, name, &files, NOW_US).unwrap();
        assert_eq!(imported.refused, Vec::<String>::new(), "{name}");
        assert_eq!(imported.taken, written, "{name}");
        assert_eq!(image.resources, made.resources, "{name}");
        assert_eq!(written.values().sum::<u64>(), u64::from(made.resources), "{name}");
    }
}

#[test]
fn the_examples_of_us_core_are_taken_whole() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/us-core-6.1.0.tgz");
    if !package.exists() {
        println!("skipped: {} is not there", package.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (image, imported) =
        import_image(&images(folder.path()), "core", "US Core", &package, NOW_US).unwrap();
    assert_eq!(imported.refused, Vec::<String>::new());
    assert_eq!(u64::from(image.resources), imported.taken.values().sum::<u64>());
    assert!(image.resources > 100, "{:?}", imported.taken);
}

#[test]
fn what_is_unsound_is_left_out_and_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    fs::create_dir_all(source.join("deep")).unwrap();
    let write = |name: &str, text: &[u8]| fs::write(source.join(name), text).unwrap();
    write("a.json", br#"{"resourceType":"Patient","id":"a"}"#);
    write("b.ndjson", b"{\"resourceType\":\"Patient\",\"id\":\"b\"}\n\n{broken\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n{\"resourceType\":\"Patient\"}\n");
    write("c.json", json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "c"}},
        {"resource": {"resourceType": "Observation", "id": "c", "status": "final", "code": {"text": "c"}, "subject": {"reference": "urn:uuid:1"}}},
        {"resource": {"resourceType": "Patient", "id": "d", "shoes": 2}},
        {"request": {"method": "GET", "url": "Patient"}},
    ]}).to_string().as_bytes());
    write("d.json", br#"{"no": "resource"}"#);
    write("e.json", b"\xff\xfe{");
    write("f.txt", b"not for us");
    write("deep/g.json", br#"{"resourceType":"Group","id":"g","type":"person","actual":true}"#);
    let (image, imported) = import_image(&images(folder.path()), "mixed", "Mixed", &source, NOW_US).unwrap();
    let taken: Vec<_> = imported.taken.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(taken, [("Group", 1), ("Observation", 1), ("Patient", 3)]);
    assert_eq!(image.resources, 5, "what was refused is not counted");
    let places: Vec<&str> = imported.refused.iter().map(|why| why.split(": ").next().unwrap()).collect();
    assert_eq!(
        places,
        ["b.ndjson:3", "b.ndjson:4", "b.ndjson:5", "c.json entry 2", "e.json"],
        "{:#?}",
        imported.refused
    );
}

#[test]
fn references_inside_an_imported_bundle_are_written_out() {
    let desk = desk();
    let source = desk.folder.path().join("bundle.json");
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "c"}, "subject": {"reference": "urn:uuid:1"}}},
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p", "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}]}},
    ]});
    fs::write(&source, bundle.to_string()).unwrap();
    import_image(desk.platform.images(), "taken", "Taken", &source, NOW_US).unwrap();
    let sandbox = desk.platform.start_sandbox(&desk.ana, "taken", "Taken", None).unwrap().id.to_string();
    let desk = super::desk::Desk { sandbox, ..desk };
    assert_eq!(ids(&desk.search("Observation", "subject=Patient/p").unwrap()), ["o"]);
    assert_eq!(ids(&desk.search("Patient", "identifier=urn:uuid:1").unwrap()), ["p"]);
}

#[test]
fn nothing_to_import_is_said_and_leaves_no_image() {
    let folder = tempfile::tempdir().unwrap();
    let images = images(folder.path());
    let empty = folder.path().join("empty");
    fs::create_dir_all(&empty).unwrap();
    for source in [empty, folder.path().join("never")] {
        let refused = import_image(&images, "none", "None", &source, NOW_US);
        assert!(matches!(refused, Err(StoreError::NotFound { .. } | StoreError::Io { .. })), "{refused:?}");
        assert_eq!(images.list().unwrap(), []);
    }
}
