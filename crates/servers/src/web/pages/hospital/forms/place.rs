use maud::{Markup, Render};
use platform::ehr::chart::Ward;

use super::filled::Filled;
use crate::web::ui::{Choice, Select};

/// Where to: the free and clean beds, ward by ward, and the wards themselves.
pub(super) fn place(filled: &Filled, wards: &[Ward]) -> Markup {
    let mut places: Vec<(&str, String)> = vec![("", "Choose…".to_owned())];
    for ward in wards.iter().filter(|ward| ward.open) {
        let free: Vec<_> = ward.beds.iter().filter(|bed| bed.is_ready()).collect();
        if ward.beds.is_empty() {
            places.push((&ward.id, format!("{}, {}", ward.label, ward.name)));
        }
        places.extend(free.iter().map(|bed| (bed.id.as_str(), format!("{}, {}", bed.label, ward.name))));
    }
    let choices: Vec<Choice<'_>> = places.iter().map(|(value, label)| Choice::new(value, label)).collect();
    Select::new("location", "Bed", &choices)
        .chosen(filled.value("location"))
        .hint("Free and clean beds only. Type the label on the door to jump there.")
        .error(filled.error("location"))
        .required()
        .render()
}
