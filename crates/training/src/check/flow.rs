//! Checks on what a roster does on hidden days.

use super::judge::Finding;
use crate::facts::Observed;
use crate::lab::FlowTest;

/// Compares a figure with its bounds. Where there is no roster, or nobody was ever seen, there is no figure, and nothing passes.
pub(super) fn judge(test: &FlowTest, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Metered { reading, said }) = observed.first() else {
        return Err("the roster was not played".to_owned());
    };
    Ok(Finding {
        passed: test.bounds.hold(*reading),
        observed: said.clone(),
        location: None,
        detail: format!("{} is {reading:?}, allowed {}", test.measure.word(), test.bounds),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Bounds, FlowMeasure};

    #[test]
    fn a_figure_passes_within_its_bounds_and_never_when_there_is_none() {
        let test = FlowTest {
            measure: FlowMeasure::OverTarget,
            bounds: Bounds { least: f64::NEG_INFINITY, most: 0.2 },
        };
        for (reading, wanted) in [(Some(0.2), true), (Some(0.21), false), (None, false)] {
            let observed = [Observed::Metered { reading, said: "So it was.".to_owned() }];
            assert_eq!(judge(&test, &observed).unwrap().passed, wanted, "{reading:?}");
        }
        assert!(judge(&test, &[]).is_err());
    }
}
