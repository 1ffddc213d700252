use models::logistic::{Penalty, fit};
use models::{Model, ModelError, Table};

use crate::made::made;

const STRENGTH: Penalty = Penalty::L2 { strength: 1.0 };

#[test]
fn the_loss_is_flat_at_the_weights() {
    // On 30000 rows the second half of the method is used.
    for rows in [400, 30_000] {
        let (table, outcomes) = made(rows);
        let model = fit(&table, &outcomes, STRENGTH).unwrap();
        let mut slope = [0.0; 4];
        let mut of_intercept = 0.0;
        for (row, outcome) in outcomes.iter().enumerate() {
            let values = table.row(row);
            let error = model.risk(&values) - outcome;
            of_intercept += error;
            for (at, feature) in model.features.iter().enumerate() {
                let value = if values[at].is_nan() { feature.median } else { values[at] };
                slope[at] += error * (value - feature.mean) / feature.deviation;
            }
        }
        assert!(of_intercept.abs() < 1e-5, "{of_intercept}");
        for (slope, feature) in slope.iter().zip(&model.features) {
            assert!((slope + feature.weight).abs() < 1e-5, "{rows}: {slope} {}", feature.weight);
        }
    }
}

#[test]
fn what_counts_is_found_and_what_is_missing_too() {
    let (table, outcomes) = made(20_000);
    let model = fit(&table, &outcomes, STRENGTH).unwrap();
    let raw = |at: usize| model.features[at].weight / model.features[at].deviation;
    assert!((raw(0) - 1.8).abs() < 0.2, "{}", raw(0));
    assert!(raw(3).abs() < 0.1, "{}", raw(3));
    let missing = model.features[2].missing.unwrap();
    assert!((missing.weight / missing.deviation - 0.9).abs() < 0.2, "{missing:?}");
    assert_eq!(fit(&table, &outcomes, STRENGTH).unwrap(), model, "the same to the bit");
}

#[test]
fn contributions_and_intercept_are_the_margin() {
    let (table, outcomes) = made(300);
    let model = Model::Logistic(fit(&table, &outcomes, STRENGTH).unwrap());
    for row in 0..20 {
        let (base, parts) = model.explain(&table.row(row)).unwrap();
        let margin = base + parts.iter().map(|part| part.value).sum::<f64>();
        assert!((1.0 / (1.0 + (-margin).exp()) - model.risk(&table.row(row)).unwrap()).abs() < 1e-12);
    }
    assert_eq!(Model::read(model.write().as_bytes()).unwrap(), model);
}

#[test]
fn what_cannot_be_learnt_from_is_refused() {
    let table = |columns: &[&[f64]]| {
        Table::new(
            columns.iter().enumerate().map(|(at, column)| (format!("x{at}"), column.to_vec())).collect(),
        )
    };
    let one = table(&[&[0.0, 1.0, 2.0, 3.0]]).unwrap();
    let refused = |outcomes: &[f64], penalty| fit(&one, outcomes, penalty).unwrap_err();
    assert_eq!(refused(&[1.0; 4], STRENGTH), ModelError::OneOutcome(1));
    assert!(matches!(refused(&[0.0, 1.0], STRENGTH), ModelError::Shape(_)));
    assert!(matches!(refused(&[0.0, 1.0, f64::NAN, 0.0], STRENGTH), ModelError::Value(_)));
    assert_eq!(refused(&[0.0, 0.0, 1.0, 1.0], Penalty::None), ModelError::Unsettled);
    let penalty = Penalty::L2 { strength: 0.0 };
    assert!(matches!(refused(&[0.0, 0.0, 1.0, 1.0], penalty), ModelError::Setting { .. }));
    assert!(matches!(table(&[&[0.0], &[1.0, 2.0]]), Err(ModelError::Shape(_))));
    assert!(matches!(table(&[&[f64::INFINITY]]), Err(ModelError::Value(_))));
    let empty = table(&[&[f64::NAN, f64::NAN, f64::NAN, f64::NAN]]).unwrap();
    assert!(fit(&empty, &[0.0, 1.0, 0.0, 1.0], STRENGTH).unwrap().risk(&[5.0]).is_finite());
}
