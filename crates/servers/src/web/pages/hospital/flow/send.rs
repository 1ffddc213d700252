use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use platform::flow::DAYS;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// `POST …/flow`: saves the roster.
pub(super) async fn save(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let back = inside.to("flow");
    let people = match people(&form.fields) {
        Ok(people) => people,
        Err(what) => return Ok(Said::badly(what).at(&back)),
    };
    let saved = inside.run(&app, move |platform, access| platform.set_flow_plan(access, &people));
    match saved.await {
        Ok(rota) => Ok(Said::well(format!("Saved: {} hours a week.", rota.paid_hours)).at(&back)),
        Err(Fault::Refused(why)) => Ok(Said::badly(format!("{why}.")).at(&back)),
        Err(other) => Err(other),
    }
}

/// The numbers of the form by kind of shift; an empty field is nobody.
fn people(fields: &BTreeMap<String, String>) -> Result<BTreeMap<String, Vec<u32>>, String> {
    let mut people: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (name, value) in fields {
        let Some((shift, day)) = name.rsplit_once('-') else { continue };
        let Some(day_at) = DAYS.iter().position(|known| *known == day) else { continue };
        let value = value.trim();
        let count = if value.is_empty() { Ok(0) } else { value.parse() };
        let count = count.map_err(|_| format!("'{value}' for {shift} on {day} is no number of people."))?;
        people.entry(shift.to_owned()).or_insert_with(|| vec![0; DAYS.len()])[day_at] = count;
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_shift_and_day() {
        let sent = |value: &str| {
            let pairs = [("csrf", "x"), ("early-Mon", "2"), ("early-Sun", value), ("odd-one", "7")];
            people(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
        };
        assert_eq!(sent("").unwrap(), BTreeMap::from([("early".to_owned(), vec![2, 0, 0, 0, 0, 0, 0])]));
        assert_eq!(sent("-1").unwrap_err(), "'-1' for early on Sun is no number of people.");
    }
}
