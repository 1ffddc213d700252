//! Files that skl2onnx 1.20 and onnxmltools 1.16 wrote, with what ONNX Runtime 1.32 says of some rows.

use std::fs;
use std::path::PathBuf;

use models::onnx::{Columns, Network};
use models::{ModelError, Predictor, Sheet, Table};
use proptest::prelude::*;

fn file(name: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/it/networks", name].iter().collect();
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn table(name: &str) -> Table {
    let sheet = Sheet::read(&file(name)).unwrap();
    let column = |name: &String| (name.clone(), sheet.numbers(name).unwrap());
    Table::new(sheet.names().iter().map(column).collect()).unwrap()
}

fn features() -> Vec<String> {
    (0..6).map(|at| format!("x{at}")).collect()
}

#[test]
fn what_others_write_gives_the_risks_of_onnx_runtime() {
    let risks = table("risks.csv");
    let (whole, gaps) = (table("rows.csv"), table("rows-with-gaps.csv"));
    for (name, theirs) in risks.names().iter().zip(risks.columns()) {
        let network =
            Network::read(&file(&format!("{name}.onnx"))).unwrap_or_else(|error| panic!("{name}: {error}"));
        let rows = if ["imputed", "xgboost", "lightgbm"].contains(&name.as_str()) { &gaps } else { &whole };
        let ours = network.risks(rows).unwrap_or_else(|error| panic!("{name}: {error}"));
        for (row, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            assert!((ours - theirs).abs() < 1e-6, "{name}, row {row}: {ours} and {theirs}");
        }
    }
}

#[test]
fn columns_go_by_the_names_the_file_has_and_else_by_those_that_are_said() {
    let named = Network::read(&file("named.onnx")).unwrap();
    assert_eq!(*named.columns(), Columns::Named(features()));
    let unnamed = Network::read(&file("forest.onnx")).unwrap();
    assert_eq!(*unnamed.columns(), Columns::Unnamed(6));
    assert!(unnamed.producer().starts_with("skl2onnx"), "{}", unnamed.producer());
    let model = Predictor::network(named, features()).unwrap();
    let mut turned = features();
    turned.reverse();
    let turned: Vec<&str> = turned.iter().map(String::as_str).collect();
    let rows = table("rows.csv");
    assert_eq!(
        model.risks(&rows.columns_of(&turned).unwrap()),
        model.risks(&rows),
        "columns are found by name"
    );
    let few = Predictor::network(unnamed, features()[..5].to_vec());
    assert_eq!(few.unwrap_err().to_string(), "the network takes 6 columns, and 5 are named");
}

#[test]
fn an_operator_that_is_not_read_is_named_with_its_node() {
    let error = Network::read(&file("bayes.onnx")).unwrap_err().to_string();
    assert!(error.contains("the operator Reshape (node '"), "{error}");
    assert!(error.contains("is not read; those that are: Add"), "{error}");
}

#[test]
fn a_missing_value_that_a_model_cannot_do_without_is_no_risk() {
    let network = Network::read(&file("logistic.onnx")).unwrap();
    let error = network.risks(&table("rows-with-gaps.csv")).unwrap_err();
    assert!(matches!(&error, ModelError::Value(what) if what.starts_with("row 1 has no risk")), "{error}");
    let narrow = table("rows.csv").columns_of(&["x0"]).unwrap();
    assert!(matches!(network.risks(&narrow), Err(ModelError::Shape(_))));
}

#[test]
fn what_is_no_onnx_is_refused_in_words() {
    let (zeros, text) = (vec![0; 64], b"{\"a\": 1}".to_vec());
    let empty_nodes = [vec![0x3a, 0x80, 0xf1, 0x04], [0x0a, 0x00].repeat(40_000)].concat();
    let large = vec![0; models::onnx::ONNX_BYTES_MAX + 1];
    for (bytes, said) in [
        (Vec::new(), "no graph"),
        (zeros, "not ONNX"),
        (text, "not ONNX"),
        (empty_nodes, "more than 20000 nodes"),
        (large, "more than 11 MB"),
    ] {
        let error = Network::read(&bytes).unwrap_err().to_string();
        assert!(error.contains(said), "{said}: {error}");
    }
}

fn networks() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "boosted.onnx",
        "calibrated.onnx",
        "columns.onnx",
        "forest.onnx",
        "network.onnx",
        "xgboost.onnx",
    ])
}

proptest! {
    /// A file with a few bytes changed is refused, or it is a model whose risks are risks.
    #[test]
    fn a_damaged_file_never_panics(
        name in networks(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = file(name);
        for (at, to) in changes {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(network) = Network::read(&bytes)
            && network.columns().count() == 6
            && let Ok(risks) = network.risks(&table("rows.csv"))
        {
            prop_assert!(risks.iter().all(|risk| (0.0..=1.0).contains(risk)));
        }
    }
}
