use super::permissions::Permissions;
use super::resource::{Level, ResourceScope};
use super::set::Scope;

impl Scope {
    /// What a person agrees to, in plain words: `read and search lab results of this patient`.
    #[must_use]
    pub fn explain(&self) -> String {
        match self {
            Self::OpenId => "know who you are".to_owned(),
            Self::FhirUser => "know which record of the hospital is yours".to_owned(),
            Self::Profile => "know your name".to_owned(),
            Self::Launch => "know which chart it was opened from".to_owned(),
            Self::LaunchPatient => "know which patient you choose".to_owned(),
            Self::LaunchEncounter => "know which stay or visit this is about".to_owned(),
            Self::OfflineAccess => "stay connected after you leave, until you take that back".to_owned(),
            Self::OnlineAccess => "stay connected while you are signed in".to_owned(),
            Self::Resource(scope) => scope.explain(),
        }
    }
}

impl ResourceScope {
    fn explain(&self) -> String {
        let deeds = [
            (Permissions::READ, "read"),
            (Permissions::SEARCH, "search"),
            (Permissions::CREATE, "add"),
            (Permissions::UPDATE, "change"),
            (Permissions::DELETE, "delete"),
        ];
        let deeds: Vec<&str> = deeds
            .iter()
            .filter(|(permission, _)| self.permissions.contains(*permission))
            .map(|(_, word)| *word)
            .collect();
        let what = self.kind.as_deref().map_or("every kind of record", plain);
        let conditions: Vec<String> = self
            .filter
            .0
            .iter()
            .map(|condition| {
                let codes: Vec<&str> = condition
                    .any
                    .iter()
                    .filter_map(|token| token.code.as_deref().or(token.system.as_deref()))
                    .collect();
                format!(", only with {} {}", condition.parameter, codes.join(" or "))
            })
            .collect();
        let whose = match self.level {
            Level::Patient => "of this one patient",
            Level::User => "of every patient you may see",
            Level::System => "of every patient, with nobody present",
        };
        format!("{} {what} {whose}{}", listed(&deeds), conditions.concat())
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What people call a resource type; the type's own name where there is no better word.
fn plain(kind: &str) -> &str {
    match kind {
        "AllergyIntolerance" => "allergies",
        "Appointment" => "appointments",
        "Condition" => "problems and diagnoses",
        "Coverage" => "insurance",
        "DiagnosticReport" => "reports",
        "DocumentReference" => "notes and documents",
        "Encounter" => "stays and visits",
        "Immunization" => "vaccinations",
        "MedicationRequest" => "orders of medicines",
        "Observation" => "results and measurements",
        "Patient" => "names, birth dates and addresses",
        "Practitioner" => "staff",
        "Procedure" => "procedures",
        "ServiceRequest" => "orders",
        other => other,
    }
}
