use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::incidents::declare;
use platform::response::{
    Foreseen, InForce, Measure, ResponseError, Segment, foresee, in_force, lift as lift_measure, network,
    take as take_measure,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::restore;
use super::routes::parts;
use crate::hands::InHouse;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::time;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Tone, csrf_field, empty, notice, submit, submit_with,
    table,
};

/// The page's address below the place.
const HERE: &str = "security/response";

/// What can be done, as it is chosen, with the field its target belongs to.
const MEASURES: [(&str, &str, &str); 16] = [
    ("disable-account", "Disable an account", "login"),
    ("end-sessions", "End what an account holds", "login"),
    ("require-code", "Require a code to sign in", "who"),
    ("block-address", "Block an address", "address"),
    ("limit-route", "Limit sign-ins or FHIR requests", "route"),
    ("end-tokens", "End what an app holds", "client"),
    ("narrow-client", "Narrow an app to scopes", "client"),
    ("hold-to-patient", "Hold an app to the patient", "client"),
    ("freeze-export", "Freeze exports", ""),
    ("stop-interface", "Stop an interface", "interface"),
    ("require-certificate", "Require a certificate on an interface", "interface"),
    ("isolate-segment", "Isolate a network segment", "segment"),
    ("allow-callers", "List who may call the archive", "callers"),
    ("allow-senders", "List who may send messages to a system", "system"),
    ("stop-service", "Turn off decision support", "service"),
    ("rotate-key", "Sign with a new key", ""),
];

/// A measure as a form has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    measure: String,
    /// What it is about.
    target: String,
    /// How many a minute, or which scopes.
    amount: String,
    #[serde(flatten)]
    pub(super) restore: restore::Asked,
}

impl Asked {
    fn measure(&self) -> Result<Measure, String> {
        let found = MEASURES.iter().find(|(word, ..)| *word == self.measure);
        let (word, _, field) = found.ok_or("Choose what is to be done.")?;
        let mut table = json!({"do": word});
        let target = self.target.trim();
        if *word == "allow-callers" {
            table[*field] =
                callers(target).ok_or("Write each device with its address, such as CT01=10.30.0.12.")?;
        } else if !field.is_empty() {
            table[*field] = target.into();
        }
        match *word {
            "narrow-client" => table["scopes"] = self.amount.trim().into(),
            "allow-senders" => {
                table["senders"] = callers(self.amount.trim())
                    .ok_or("Write each sender with its address, such as LIS=10.10.2.20.")?;
            }
            "isolate-segment" => table["allow"] = json!(words(&self.amount)),
            "limit-route" => {
                let amount: Result<u32, _> = self.amount.trim().parse();
                table["per_minute"] =
                    amount.map(Value::from).map_err(|_| "Say how many a minute, as a number.")?;
            }
            _ => {}
        }
        serde_json::from_value(table).map_err(|_| match *word {
            "limit-route" => "The target of a limit is sign-in or fhir.".to_owned(),
            "isolate-segment" => "What may still cross is https, mllp or dicom.".to_owned(),
            _ => "This measure cannot be read.".to_owned(),
        })
    }
}

/// What stands between commas or spaces.
fn words(text: &str) -> Vec<&str> {
    text.split([',', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect()
}

/// Devices as they are typed: `CT01=10.30.0.12, MR01=10.30.0.13`.
fn callers(text: &str) -> Option<Value> {
    let caller = |word: &str| {
        let (title, address) = word.split_once('=')?;
        Some(json!({"title": title, "address": address}))
    };
    words(text).into_iter().map(caller).collect()
}

/// `GET …/security/response`: what is in force, and what a measure would do, if one is asked about.
pub(super) async fn page(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let chosen = if asked.measure.is_empty() { None } else { Some(asked.measure()) };
    let measure = chosen.as_ref().and_then(|chosen| chosen.as_ref().ok()).cloned();
    let (standing, foreseen) = inside
        .run(&app, move |platform, access| {
            let foreseen = measure.map(|measure| match foresee(platform, access, &measure) {
                Err(ResponseError::Store(error)) => Err(error),
                told => Ok((measure, told.map_err(|error| error.to_string()))),
            });
            Ok::<_, platform::StoreError>((in_force(access)?, foreseen.transpose()?))
        })
        .await?;
    let seen = restore::look(&app, &inside, &asked.restore).await?;
    let work = html! {
        h2 { "Response" }
        (parts(&inside, "Response"))
        (in_force_table(&inside, &standing))
        section.card #take-measure {
            header.card-head { h2 { "Take a measure" } }
            div.card-body {
                @if let Some(Err(why)) = &chosen { div role="alert" { (notice(Tone::Bad, None, &html! { (why) })) } }
                (form(&inside, &asked))
                @if let Some((measure, told)) = &foreseen { (effect(&inside, &asked, measure, told)) }
            }
        }
        (seen)
        (segments())
        (over(&inside))
    };
    Ok(inside.page(Tab::Security, "Response", &work))
}

fn in_force_table(inside: &Inside, standing: &[InForce]) -> Markup {
    let columns = [Column::wide("In force"), Column::text("Since"), Column::text("By"), Column::text("Lift")];
    let rows: Vec<Row> = standing
        .iter()
        .map(|one| {
            let key = one.measure.key();
            let lift = html! { form method="post" action=(inside.to(&format!("{HERE}/lift"))) {
                (csrf_field(&inside.visitor.csrf))
                input type="hidden" name="key" value=(key);
                button.button.button-small type="submit" { "Lift" span.visually-hidden { ": " (one.measure.sentence()) } }
            } };
            Row::new(vec![html! { (one.measure.sentence()) }, time(one.since_us), html! { (one.by) }, lift])
        })
        .collect();
    let why = "Nothing stands against anybody. Whatever you put up here can be lifted again, and none of it can lock you out.";
    html! { div.table-frame {
        (table("Measures in force", &columns, &rows, &empty(Icon::Shield, "No measure is in force", why, &html! {})))
    } }
}

/// Asking is a search: it changes nothing and can be kept as a link.
fn form(inside: &Inside, asked: &Asked) -> Markup {
    let choices: Vec<Choice<'_>> = MEASURES.iter().map(|(word, label, _)| Choice::new(word, label)).collect();
    let target = "A login, role:patient, an address, an app's id, an interface, a system, a service, a segment; for a limit sign-in or fhir; for the archive CT01=10.30.0.12 and so on. Nothing for exports and keys.";
    html! {
        form.form method="get" action={ (inside.to(HERE)) "#take-measure" } {
            (Select::new("measure", "What is to be done", &choices).chosen(&asked.measure).required())
            (Field::new("target", "To whom or what").value(&asked.target).hint(target).autocomplete("off"))
            (Field::new("amount", "How much").value(&asked.amount).hint("For a limit: how many a minute. For an app: its scopes. For a segment: what may still cross, of https, mllp and dicom. For messages: LIS=10.10.2.20 and so on.").autocomplete("off"))
            div.form-actions { (submit_with(Icon::Search, "See what it would stop", Look::Plain)) }
        }
    }
}

/// What it would have stopped, and the button that does it.
fn effect(inside: &Inside, asked: &Asked, measure: &Measure, told: &Result<Foreseen, String>) -> Markup {
    let Foreseen { effect, hours } = match told {
        Ok(told) => told,
        Err(why) => {
            return html! { div role="alert" { (notice(Tone::Bad, None, &html! { (why) ". Nothing was changed." })) } };
        }
    };
    let columns = [Column::text("Account"), Column::number("Would have been refused")];
    let rows: Vec<Row> = effect
        .people
        .iter()
        .map(|(user, count)| Row::new(vec![html! { (user) }, html! { (count) }]))
        .collect();
    let tone = if effect.touched == 0 { Tone::Good } else { Tone::Warn };
    let words = html! { p {
        "Had it been in force for the last " (hours) " hours, " strong { (effect.touched) } " of "
        (effect.of) " things that succeeded would have been refused, of " (effect.people_in_all)
        @if effect.people_in_all == 1 { " account." } @else { " accounts." }
        " Not all of them need be the attacker's."
    } };
    html! {
        (notice(tone, Some(&measure.sentence()), &words))
        @if !rows.is_empty() {
            div.table-frame { (table("Whose work it would touch, the busiest first", &columns, &rows, &html! {})) }
        }
        form method="post" action=(inside.to(HERE)) {
            (csrf_field(&inside.visitor.csrf))
            @for (name, value) in [("measure", &asked.measure), ("target", &asked.target), ("amount", &asked.amount)] {
                input type="hidden" name=(name) value=(value);
            }
            (submit_with(Icon::Shield, "Do it", Look::Primary))
        }
    }
}

/// What a segment that can be isolated is made of.
fn segments() -> Markup {
    let columns = [Column::text("Segment"), Column::wide("What stands there"), Column::text("Addresses")];
    let row = |segment: &Segment| {
        let nets = if segment.nets.is_empty() { "all others".to_owned() } else { segment.nets.join(", ") };
        Row::new(vec![html! { code { (segment.id) } }, html! { (segment.title) }, html! { (nets) }])
    };
    let rows: Vec<Row> = network().iter().map(row).collect();
    html! { div.table-frame { (table("The network", &columns, &rows, &html! {})) } }
}

fn over(inside: &Inside) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { "Is it over?" } }
            div.card-body {
                p { "When you believe that nothing gets through any more, say so. If there is an attacker, they come once more, in every way they have; what they get, they get." }
                form method="post" action=(inside.to(&format!("{HERE}/over"))) {
                    (csrf_field(&inside.visitor.csrf))
                    (submit("It is over", Look::Plain))
                }
            }
        }
    }
}

/// `POST …/security/response`: takes a measure.
pub(super) async fn take(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Asked>,
) -> Result<Response, Fault> {
    let measure = fields.measure().map_err(Fault::Refused)?;
    let sentence = measure.sentence();
    inside.run(&app, move |platform, access| take_measure(platform, access, &measure)).await?;
    Ok(Said::well(sentence).at(&inside.to(HERE)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Lifted {
    key: String,
}

/// `POST …/security/response/lift`.
pub(super) async fn lift(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Lifted>,
) -> Result<Response, Fault> {
    inside.run(&app, move |platform, access| lift_measure(platform, access, &fields.key)).await?;
    Ok(Said::well("It is lifted.").at(&inside.to(HERE)))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Nothing {}

/// `POST …/security/response/over`: the attack comes once more.
pub(super) async fn declared(
    State(app): State<App>,
    inside: Inside,
    _: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let hands = InHouse::new(app.clone());
    let told = inside.run(&app, move |platform, access| declare(platform, access, &hands)).await?;
    let said = match told {
        None => Said::well("Nobody attacks this hospital."),
        Some(told) if told.through == 0 => {
            Said::well(format!("The attack came again in {} ways. Nothing got through.", told.ways))
        }
        Some(told) => {
            Said::badly(format!("The attack came again in {} ways; {} got through.", told.ways, told.through))
        }
    };
    Ok(said.at(&inside.to(HERE)))
}

impl From<ResponseError> for Fault {
    fn from(error: ResponseError) -> Self {
        match error {
            ResponseError::Store(error) => error.into(),
            other => Self::Refused(format!("{other}. Nothing was changed.")),
        }
    }
}
