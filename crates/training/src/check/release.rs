//! Checks on a table that is to leave the house.

use super::judge::Finding;
use crate::facts::{Observed, ReleaseLooked};
use crate::lab::{Protocol, ReleaseMeasure, ReleaseTest};
use crate::text::{Escape, UnknownValue, Values, fill};

/// The protocol with its placeholders filled.
pub(super) fn filled(protocol: &Protocol, values: &Values) -> Result<Protocol, UnknownValue> {
    let plain = |text: &String| fill(text, values, Escape::Plain);
    let bands = |(name, bands): &(String, Vec<String>)| {
        Ok((name.clone(), bands.iter().map(plain).collect::<Result<_, UnknownValue>>()?))
    };
    Ok(Protocol {
        question: plain(&protocol.question)?,
        bands: protocol.bands.iter().map(bands).collect::<Result<_, UnknownValue>>()?,
        about: fill(&protocol.about, values, Escape::Sql)?,
        ..protocol.clone()
    })
}

/// Every text of a protocol that may hold placeholders.
pub(crate) fn texts(protocol: &Protocol) -> Vec<&str> {
    let bands = protocol.bands.iter().flat_map(|(_, bands)| bands).map(String::as_str);
    bands.chain([protocol.question.as_str(), protocol.about.as_str()]).collect()
}

/// Compares a figure with its bounds. Where nothing can be released, nothing passes. Of whom was found nobody is told.
pub(super) fn judge(test: &ReleaseTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Released(looked)) = observed.first() else {
        return Err("the release was not looked at".to_owned());
    };
    let name = fill(&test.protocol.question, values, Escape::Plain).map_err(|error| error.to_string())?;
    let (reading, observed) = match looked {
        ReleaseLooked::Nothing(why) => (None, why.clone()),
        ReleaseLooked::Attacked { rows, found, alike, usable, about } => match test.measure {
            ReleaseMeasure::Found => (
                Some(*found),
                format!(
                    "Somebody with a register of everybody in the hospital puts a name to {found} of {rows} rows."
                ),
            ),
            ReleaseMeasure::Alike => {
                (Some(*alike), format!("The rarest row is like {} others.", alike.saturating_sub(1)))
            }
            ReleaseMeasure::Usable => {
                let reading = Some(*usable).filter(|_| *about > 0);
                let words = format!(
                    "Of {about} people it is to be about, {usable} can be counted where they belong."
                );
                return Ok(finding(test, reading.map(|usable| share(usable, *about)), words, name));
            }
        },
    };
    // A release of nothing names nobody and is of no use.
    Ok(finding(test, reading.map(|count| share(count, 1)), observed, name))
}

#[expect(clippy::cast_precision_loss, reason = "rows of a release are far below 2^52")]
fn share(count: usize, of: usize) -> f64 {
    count as f64 / of as f64
}

fn finding(test: &ReleaseTest, reading: Option<f64>, observed: String, name: String) -> Finding {
    Finding {
        passed: test.bounds.hold(reading),
        observed,
        location: Some(name),
        detail: format!("{} is {reading:?}, allowed {}", test.measure.word(), test.bounds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Bounds;

    fn passes(measure: ReleaseMeasure, (least, most): (f64, f64), looked: ReleaseLooked) -> bool {
        let bounds = Bounds { least, most };
        let test = ReleaseTest { protocol: Protocol::default(), protocol_of: None, measure, bounds };
        judge(&test, &Values::new(), &[Observed::Released(looked)]).unwrap().passed
    }

    #[test]
    fn each_measure_reads_its_own_figure_and_nothing_passes_without_a_release() {
        let looked = ReleaseLooked::Attacked { rows: 90, found: 2, alike: 6, usable: 95, about: 100 };
        let most = |most| (f64::NEG_INFINITY, most);
        let least = |least| (least, f64::INFINITY);
        assert!(passes(ReleaseMeasure::Found, most(2.0), looked.clone()));
        assert!(!passes(ReleaseMeasure::Found, most(1.0), looked.clone()));
        assert!(passes(ReleaseMeasure::Alike, least(6.0), looked.clone()));
        assert!(!passes(ReleaseMeasure::Alike, least(7.0), looked.clone()));
        assert!(passes(ReleaseMeasure::Usable, least(0.95), looked.clone()));
        assert!(!passes(ReleaseMeasure::Usable, least(0.96), looked));
        let nothing = ReleaseLooked::Nothing("No question is saved.".to_owned());
        for measure in ReleaseMeasure::ALL {
            assert!(!passes(measure, (f64::NEG_INFINITY, f64::INFINITY), nothing.clone()), "{measure:?}");
        }
    }
}
