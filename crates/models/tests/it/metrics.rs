//! Against values worked out by hand; `clients/models` compares with scikit-learn on larger ones.

use models::ModelError;
use models::metrics::{
    auprc, auroc, brier, calibration, decision_curve, expected_calibration_error, judge, log_loss, subgroups,
};

const OUTCOMES: [f64; 6] = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0];
const RISKS: [f64; 6] = [0.1, 0.4, 0.35, 0.4, 0.4, 0.8];

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

#[test]
fn discrimination() {
    // Of nine pairs five are in order, and two are tied.
    close(auroc(&OUTCOMES, &RISKS).unwrap().value, 6.0 / 9.0);
    // Steps at 0.8, at the three of 0.4, at 0.35.
    close(auprc(&OUTCOMES, &RISKS).unwrap(), 1.0 / 3.0 + 1.0 / 3.0 * 2.0 / 4.0 + 1.0 / 3.0 * 3.0 / 5.0);
    let sure = auroc(&[0.0, 0.0, 1.0, 1.0], &[0.1, 0.2, 0.8, 0.9]).unwrap();
    assert_eq!((sure.value, sure.error), (1.0, 0.0));
}

#[test]
fn calibration_and_its_kin() {
    let squares = [0.01, 0.16, 0.65 * 0.65, 0.16, 0.36, 0.04];
    close(brier(&OUTCOMES, &RISKS).unwrap(), squares.iter().sum::<f64>() / 6.0);
    let logs = [0.9_f64, 0.6, 0.35, 0.6, 0.4, 0.8];
    close(log_loss(&OUTCOMES, &RISKS).unwrap(), -logs.iter().map(|one| one.ln()).sum::<f64>() / 6.0);
    // Half of the risks at 0.2 come true and half at 0.8: the slope is 0.
    let flat = calibration(&[0.0, 1.0, 0.0, 1.0], &[0.2, 0.2, 0.8, 0.8]).unwrap();
    close(flat.slope, 0.0);
    close(flat.in_the_large, 0.0);
    close(flat.observed_to_expected, 1.0);
    // A quarter at odds of 1 to 3, three quarters at 3 to 1, said to be 1 to 9 and 9 to 1: half as steep.
    let outcomes = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0];
    let steep = calibration(&outcomes, &[0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9]).unwrap();
    close(steep.slope, 0.5);
    let (error, bins) = expected_calibration_error(&OUTCOMES, &RISKS, 2).unwrap();
    close(error, 5.0 / 6.0 * (0.4 - 1.65 / 5.0_f64).abs() + 1.0 / 6.0 * 0.2);
    assert_eq!(bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [5, 1]);
}

#[test]
fn what_a_threshold_is_worth() {
    let at = decision_curve(&OUTCOMES, &RISKS, &[0.4]).unwrap()[0];
    close(at.model, 2.0 / 6.0 - 2.0 / 6.0 * (0.4 / 0.6));
    close(at.all, 0.5 - 0.5 * (0.4 / 0.6));
    close(at.acted_on, 4.0 / 6.0);
    close(at.sensitivity, 2.0 / 3.0);
    close(at.precision, 0.5);
    assert!(decision_curve(&OUTCOMES, &RISKS, &[1.0]).is_err());
}

#[test]
fn groups_apart() {
    let groups: Vec<String> = ["a", "a", "a", "b", "b", "b"].map(str::to_owned).to_vec();
    let found = subgroups(&OUTCOMES, &RISKS, &groups, 0.5).unwrap();
    assert_eq!(
        found.iter().map(|group| (group.name.as_str(), group.rows, group.events)).collect::<Vec<_>>(),
        [("a", 3, 1), ("b", 3, 2)]
    );
    assert_eq!((found[0].missed, found[1].missed), (Some(1.0), Some(0.5)));
    assert_eq!(found[0].needless, Some(0.0));
    let apart =
        vec!["x".to_owned(), "x".to_owned(), "y".to_owned(), "y".to_owned(), "y".to_owned(), "y".to_owned()];
    assert_eq!(subgroups(&OUTCOMES, &RISKS, &apart, 0.5).unwrap()[0].auroc, None);
}

#[test]
fn what_cannot_be_judged_is_refused() {
    assert_eq!(judge(&[0.0, 0.0], &[0.1, 0.2]), Err(ModelError::OneOutcome(0)));
    for (outcomes, risks) in [
        (&[0.0, 1.0][..], &[0.1][..]),
        (&[], &[]),
        (&[0.0, 1.0], &[0.1, 1.1]),
        (&[0.0, 1.0], &[0.1, f64::NAN]),
        (&[0.0, 2.0], &[0.1, 0.2]),
    ] {
        assert!(judge(outcomes, risks).is_err(), "{outcomes:?} {risks:?}");
    }
    let sure = judge(&[0.0, 0.0, 1.0, 1.0], &[0.0, 0.0, 1.0, 1.0]).unwrap();
    assert_eq!((sure.calibration, sure.brier), (None, 0.0));
}
