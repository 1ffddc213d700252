//! Checks on what a learner's own service says about hidden patients.

use super::judge::Finding;
use crate::facts::{Advised, Observed};
use crate::lab::{Aspect, ServiceTest};
use crate::text::{Escape, Values, fill};

/// Judges one aspect of the answers.
///
/// The learner is told how many, never about whom: patients that can be guessed from the verdict would be learnt by heart.
pub(super) fn judge(test: &ServiceTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Advised(advised)) = observed.first() else {
        return Err("no service was asked".to_owned());
    };
    let hook = &fill(&test.hook, values, Escape::Plain).map_err(|error| error.to_string())?;
    let location = Some(hook.clone());
    let Some(advised) = advised else {
        let observed = format!("No service for {hook} is registered in this hospital.");
        return Ok(Finding { passed: false, observed, location, detail: String::new() });
    };
    if test.orders.len() != advised.len() {
        return Err(format!("{} orders were asked about, not {}", advised.len(), test.orders.len()));
    }
    let pairs: Vec<(bool, &Advised)> = test.orders.iter().map(|order| order.dangerous).zip(advised).collect();
    let (passed, observed) = match test.aspect {
        Aspect::Caught => caught(&pairs),
        Aspect::Quiet => quiet(&pairs),
        Aspect::Prompt(limit_ms) => prompt(&pairs, limit_ms),
        Aspect::Unfetched => unfetched(&pairs),
    };
    let troubles = pairs.iter().enumerate();
    let troubles = troubles.filter_map(|(at, (_, one))| Some(format!("{at}: {}", one.trouble.as_ref()?)));
    let detail = troubles.collect::<Vec<_>>().join("; ");
    let observed =
        format!("Asked about {} orders you have not seen: {observed}{}", pairs.len(), trouble(&pairs));
    Ok(Finding { passed, observed, location, detail })
}

fn caught(pairs: &[(bool, &Advised)]) -> (bool, String) {
    let due = pairs.iter().filter(|(alert, _)| *alert);
    let (all, warned) =
        due.fold((0, 0), |(all, warned), (_, one)| (all + 1, warned + usize::from(one.warns)));
    (warned == all, format!("a warning was due for {all}, and {warned} had one."))
}

fn quiet(pairs: &[(bool, &Advised)]) -> (bool, String) {
    let harmless: Vec<&Advised> = pairs.iter().filter(|(alert, _)| !alert).map(|(_, one)| *one).collect();
    let disturbed = harmless.iter().filter(|one| one.cards > 0).count();
    let answered = harmless.iter().filter(|one| one.trouble.is_none() && !one.lacks).count();
    let words = format!("for {} nothing is to be said; {disturbed} had cards.", harmless.len());
    (disturbed == 0 && answered == harmless.len(), words)
}

fn prompt(pairs: &[(bool, &Advised)], limit_ms: u32) -> (bool, String) {
    let answered: Vec<&Advised> =
        pairs.iter().map(|(_, one)| *one).filter(|one| one.trouble.is_none()).collect();
    let mut took_us: Vec<u64> = answered.iter().map(|one| one.took_us).collect();
    took_us.sort_unstable();
    let Some(median_us) = took_us.get(took_us.len().saturating_sub(1) / 2) else {
        return (false, "none was answered.".to_owned());
    };
    let in_time = *median_us <= u64::from(limit_ms) * 1000;
    let words = format!("half of the answers came within {} ms; {limit_ms} ms are asked.", median_us / 1000);
    (in_time && answered.len() == pairs.len(), words)
}

fn unfetched(pairs: &[(bool, &Advised)]) -> (bool, String) {
    let lacking = pairs.iter().filter(|(_, one)| one.lacks).count();
    let is_right = |(alert, one): &&(bool, &Advised)| {
        let right = if *alert { one.warns } else { one.cards == 0 };
        one.trouble.is_none() && !one.lacks && right
    };
    let right = pairs.iter().filter(is_right).count();
    let words = format!(
        "without prefetch, {lacking} were answered with 412 and {right} rightly; {} were neither.",
        pairs.len() - lacking - right
    );
    // Whoever knows nothing may say so; whoever says nothing about everybody has not looked.
    (lacking + right == pairs.len(), words)
}

/// What went wrong most often.
fn trouble(pairs: &[(bool, &Advised)]) -> String {
    let troubles: Vec<&String> = pairs.iter().filter_map(|(_, one)| one.trouble.as_ref()).collect();
    let often = |what: &&&String| troubles.iter().filter(|other| other == what).count();
    match troubles.iter().max_by_key(often) {
        None => String::new(),
        Some(what) => format!(" {} calls came to nothing, most often: {what}.", troubles.len()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lab::HiddenOrder;
    use crate::problem::Place;

    fn advised(cards: usize, warns: bool) -> Advised {
        Advised { cards, warns, took_us: 100_000, ..Advised::default() }
    }

    fn test(aspect: Aspect) -> ServiceTest {
        let order = |dangerous| HiddenOrder { dangerous, order: json!({}), place: Place::default() };
        let orders = vec![order(true), order(false)];
        ServiceTest { hook: "order-sign".to_owned(), orders, orders_of: None, aspect }
    }

    fn passes(aspect: Aspect, advised: &[Advised]) -> bool {
        judge(&test(aspect), &Values::new(), &[Observed::Advised(Some(advised.to_vec()))]).unwrap().passed
    }

    #[test]
    fn each_fault_fails_its_own_aspect() {
        let refused = Advised { lacks: true, ..Advised::default() };
        let broken = Advised { trouble: Some("it answers with 500".to_owned()), ..Advised::default() };
        let slow = |one: Advised| Advised { took_us: 900_000, ..one };
        let (warned, silent) = (advised(1, true), advised(0, false));
        let cases = [
            ("right", [warned.clone(), silent.clone()], [true, true, true]),
            ("for all", [warned.clone(), warned.clone()], [true, false, true]),
            ("for none", [silent.clone(), silent.clone()], [false, true, true]),
            ("only information", [advised(1, false), silent.clone()], [false, true, true]),
            ("slow", [slow(warned.clone()), slow(silent.clone())], [true, true, false]),
            ("broken", [broken.clone(), broken.clone()], [false, false, false]),
        ];
        for (what, answers, wanted) in cases {
            let found =
                [Aspect::Caught, Aspect::Quiet, Aspect::Prompt(500)].map(|aspect| passes(aspect, &answers));
            assert_eq!(found, wanted, "{what}");
        }
        for (answers, wanted) in [
            ([refused.clone(), refused.clone()], true),
            ([warned, silent.clone()], true),
            ([silent.clone(), silent], false),
            ([refused, broken], false),
        ] {
            assert_eq!(passes(Aspect::Unfetched, &answers), wanted, "{answers:?}");
        }
    }

    #[test]
    fn no_service_is_no_answer() {
        let found = judge(&test(Aspect::Quiet), &Values::new(), &[Observed::Advised(None)]).unwrap();
        assert!(!found.passed && found.observed.contains("No service for order-sign"));
    }
}
