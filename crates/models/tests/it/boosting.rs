use models::boosting::{Boosted, Node, Settings, fit};
use models::metrics::auroc;
use models::{Model, ModelError, Table};

use crate::made::made;

fn risks(model: &Boosted, table: &Table) -> Vec<f64> {
    (0..table.rows()).map(|row| model.risk(&table.row(row))).collect()
}

#[test]
fn it_finds_what_a_line_cannot() {
    let (table, outcomes) = made(6_000);
    let model = fit(&table, &outcomes, &Settings { trees: 60, max_depth: 3, ..Settings::default() }).unwrap();
    let line = models::logistic::fit(&table, &outcomes, models::logistic::Penalty::None).unwrap();
    let of_line: Vec<f64> = (0..table.rows()).map(|row| line.risk(&table.row(row))).collect();
    let (boosted, straight) =
        (auroc(&outcomes, &risks(&model, &table)).unwrap(), auroc(&outcomes, &of_line).unwrap());
    assert!(boosted.value > straight.value + 0.04, "{boosted:?} {straight:?}");
    assert_eq!(
        fit(&table, &outcomes, &Settings { trees: 60, max_depth: 3, ..Settings::default() }).unwrap(),
        model
    );
}

#[test]
fn one_stump_is_what_the_formula_says() {
    let table = Table::new(vec![("x".to_owned(), vec![1.0, 2.0, 3.0, 4.0, f64::NAN])]).unwrap();
    let outcomes = [0.0, 0.0, 1.0, 1.0, 1.0];
    let settings =
        Settings { trees: 1, max_depth: 1, learning_rate: 1.0, min_child_weight: 0.0, ..Settings::default() };
    let model = fit(&table, &outcomes, &settings).unwrap();
    // Slopes are 0.6 of the first two rows and -0.4 of the others, each with a second derivative of 0.24.
    let Node::Split { threshold, missing_left, .. } = model.trees[0].nodes[0] else { panic!() };
    assert_eq!((threshold, missing_left), (2.5, false));
    for (value, expected) in [(1.0, -1.2 / 1.48), (f64::NAN, 1.2 / 1.72), (9.0, 1.2 / 1.72)] {
        assert!((model.trees[0].value(&[value]) - expected).abs() < 1e-12);
    }
    assert!((model.base - (0.6_f64 / 0.4).ln()).abs() < 1e-12);
}

/// Shapley values by their definition, over every order of the features.
fn by_definition(model: &Boosted, row: &[f64]) -> Vec<f64> {
    fn value(model: &Boosted, row: &[f64], known: u32) -> f64 {
        fn of(nodes: &[Node], at: usize, row: &[f64], known: u32) -> f64 {
            match nodes[at] {
                Node::Leaf { value, .. } => value,
                Node::Split { feature, threshold, missing_left, left, cover } => {
                    if known & (1 << feature) != 0 {
                        let goes_left =
                            if row[feature].is_nan() { missing_left } else { row[feature] <= threshold };
                        return of(nodes, if goes_left { left } else { left + 1 }, row, known);
                    }
                    let share = |child: usize| match nodes[child] {
                        Node::Leaf { cover: own, .. } | Node::Split { cover: own, .. } => own / cover,
                    };
                    [left, left + 1].map(|child| share(child) * of(nodes, child, row, known)).iter().sum()
                }
            }
        }
        model.trees.iter().map(|tree| of(&tree.nodes, 0, row, known)).sum()
    }
    let width = row.len();
    let factorial = |n: usize| (1..=n).map(|n| n as f64).product::<f64>();
    (0..width)
        .map(|feature| {
            (0..1_u32 << width)
                .filter(|known| known & (1 << feature) == 0)
                .map(|known| {
                    let size = known.count_ones() as usize;
                    let weight = factorial(size) * factorial(width - size - 1) / factorial(width);
                    weight * (value(model, row, known | (1 << feature)) - value(model, row, known))
                })
                .sum()
        })
        .collect()
}

#[test]
fn contributions_are_shapley_values() {
    let (table, outcomes) = made(500);
    let model = fit(&table, &outcomes, &Settings { trees: 12, max_depth: 5, ..Settings::default() }).unwrap();
    for row in (0..table.rows()).step_by(61) {
        let values = table.row(row);
        let (base, found) = model.contributions(&values);
        assert!((base + found.iter().sum::<f64>() - model.margin(&values)).abs() < 1e-9);
        for (found, expected) in found.iter().zip(by_definition(&model, &values)) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}

#[test]
fn files_are_read_back_and_held_to_sense() {
    let (table, outcomes) = made(400);
    let model =
        Model::Boosted(fit(&table, &outcomes, &Settings { trees: 3, ..Settings::default() }).unwrap());
    assert_eq!(Model::read(model.write().as_bytes()).unwrap(), model);
    let round = r#"{"boosted": {"features": ["x"], "base": 0, "trees": [{"nodes": [
        {"split": {"feature": 0, "threshold": 1, "missing_left": false, "left": 0, "cover": 1}}]}]}}"#;
    for wrong in [round, "{}", r#"{"oracle": {}}"#, "\u{0}"] {
        assert!(matches!(Model::read(wrong.as_bytes()), Err(ModelError::File(_))), "{wrong}");
    }
    assert!(matches!(model.risk(&[1.0]), Err(ModelError::Shape(_))));
    for settings in [
        Settings { trees: 0, ..Settings::default() },
        Settings { max_depth: 40, ..Settings::default() },
        Settings { learning_rate: f64::NAN, ..Settings::default() },
        Settings { lambda: -1.0, ..Settings::default() },
    ] {
        assert!(matches!(fit(&table, &outcomes, &settings), Err(ModelError::Setting { .. })));
    }
}
