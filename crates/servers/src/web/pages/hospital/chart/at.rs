use maud::Markup;
use platform::ehr::chart::{Banner, Chart, Section};
use platform::fhir::FhirError;

use super::frame::patient_page;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;

/// A chart that is being shown.
pub(super) struct At<'a> {
    pub(super) app: &'a App,
    pub(super) inside: &'a Inside,
    pub(super) patient: &'a str,
}

impl At<'_> {
    /// The address of a section, or of a form, of this chart.
    pub(super) fn to(&self, section: &str) -> String {
        self.inside.to_chart(self.patient, section)
    }

    pub(super) async fn load<T: Send + 'static>(
        &self,
        section: Section,
        work: impl FnOnce(&Chart<'_>) -> Result<T, FhirError> + Send + 'static,
    ) -> Result<(Banner, T), Fault> {
        let patient = self.patient.to_owned();
        let load = self.inside.run(self.app, move |_, access| {
            let chart = Chart::open(access, &patient, section)?;
            Ok::<_, FhirError>((chart.banner()?, work(&chart)?))
        });
        load.await
    }

    pub(super) fn draw(&self, banner: &Banner, section: &str, body: &Markup) -> Markup {
        patient_page(self.inside, banner, section, body)
    }
}
