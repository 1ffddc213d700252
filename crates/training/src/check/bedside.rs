//! Checks on a model that answers in the chart.

use super::judge::Finding;
use crate::facts::{BedsideLooked, Observed};
use crate::lab::{BedsideMeasure, BedsideTest};

/// Compares a figure with its bounds. Where nothing answers, nothing passes.
pub(super) fn judge(test: &BedsideTest, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::AtBedside(looked)) = observed.first() else {
        return Err("the model was not asked".to_owned());
    };
    let (reading, said) = match looked {
        BedsideLooked::Nothing(why) => (None, why.clone()),
        BedsideLooked::Asked { asked, apart, unknown, guessed, people, carded } => match test.measure {
            BedsideMeasure::Apart => (
                Some(*apart),
                match *apart == 0.0 {
                    true => format!("For {asked} people the chart and the tables told the same risk."),
                    false => format!(
                        "Of {asked} people one had a risk in the chart that was {apart:.4} away from that in the tables."
                    ),
                },
            ),
            BedsideMeasure::Guessed => (
                Some(number(*guessed)),
                format!(
                    "{unknown} people were asked about of whom {} is not known; a risk was told of {guessed}.",
                    test.needs.replace('_', " ")
                ),
            ),
            BedsideMeasure::Carded => (
                (*people > 0).then(|| number(*carded) / number(*people)),
                format!("Of {people} people who lie in the hospital {carded} would have a card."),
            ),
        },
    };
    Ok(Finding {
        passed: test.bounds.hold(reading),
        observed: said,
        location: None,
        detail: format!("{} is {reading:?}, allowed {}", test.measure.word(), test.bounds),
    })
}

#[expect(clippy::cast_precision_loss, reason = "people of a hospital are far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Bounds;

    #[test]
    fn each_measure_reads_its_own_figure_and_nothing_passes_where_nothing_answers() {
        let passes = |measure, most, looked: BedsideLooked| {
            let (model, needs) = ("mine".to_owned(), "lactate".to_owned());
            let bounds = Bounds { least: f64::NEG_INFINITY, most };
            let test = BedsideTest { model, measure, needs, bounds };
            judge(&test, &[Observed::AtBedside(looked)]).unwrap().passed
        };
        let looked =
            BedsideLooked::Asked { asked: 12, apart: 0.1, unknown: 4, guessed: 1, people: 50, carded: 10 };
        let cases = [
            (BedsideMeasure::Apart, 0.1, true),
            (BedsideMeasure::Apart, 0.05, false),
            (BedsideMeasure::Guessed, 1.0, true),
            (BedsideMeasure::Guessed, 0.0, false),
            (BedsideMeasure::Carded, 0.2, true),
            (BedsideMeasure::Carded, 0.19, false),
        ];
        for (measure, most, wanted) in cases {
            assert_eq!(passes(measure, most, looked.clone()), wanted, "{measure:?} {most}");
            assert!(!passes(measure, f64::INFINITY, BedsideLooked::Nothing("Nothing answers.".to_owned())));
        }
    }
}
