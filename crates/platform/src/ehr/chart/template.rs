use hospital::ehr::{TemplateFacts, note_template};

use super::open::Chart;
use super::series::Series;
use crate::fhir::FhirError;

/// Results a template names.
const RESULTS: usize = 10;

impl Chart<'_> {
    /// The text a note of this kind begins with, filled from the chart.
    ///
    /// # Errors
    /// When the store fails.
    pub fn note_template(&self, kind: &str) -> Result<String, FhirError> {
        let (who, summary) = (self.identity(), self.summary()?);
        let parts = [Some(who.name), who.age, who.sex, who.mrn.map(|mrn| format!("MRN {mrn}"))];
        let mut line: Vec<String> = parts.into_iter().flatten().collect();
        let current = summary.current.as_ref();
        line.extend(
            current
                .and_then(|stay| stay.places.iter().find(|place| place.active))
                .map(|place| place.name.clone()),
        );
        let dose = |dosage: Option<String>| dosage.map(|dosage| format!(", {dosage}")).unwrap_or_default();
        let facts = TemplateFacts {
            who: line.join(", "),
            reason: current.and_then(|stay| stay.reason.clone()),
            problems: summary.problems.into_iter().map(|problem| problem.name).collect(),
            allergies: summary.allergies.into_iter().map(|allergy| allergy.substance).collect(),
            medicines: summary
                .medications
                .into_iter()
                .map(|one| format!("{}{}", one.name, dose(one.dosage)))
                .collect(),
            vitals: summary.vitals.iter().filter_map(newest).collect(),
            results: summary.results.iter().take(RESULTS).filter_map(newest).collect(),
        };
        Ok(note_template(kind, &facts))
    }
}

/// The newest value of a test or sign, in words.
fn newest(series: &Series) -> Option<String> {
    let point = series.points.first()?;
    let flag = point.flag.as_ref().map(|flag| format!(" ({})", flag.label)).unwrap_or_default();
    Some(format!("{} {}{flag}", series.label, point.value.as_ref()?.text))
}
