use axum::http::StatusCode;
use platform::integrity::{IntegrityDecision, IntegrityLook, ShownSign, Sign};
use platform::labs::Attempt;
use platform::people::Person;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::api::me::PersonView;
use crate::problem::Problem;

/// Signs that work may not be a learner's own. Nothing follows from one by itself.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct IntegrityView {
    /// How many attempts were compared.
    attempts: usize,
    /// What nobody has looked at first.
    signs: Vec<SignView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SignView {
    /// What names it for good.
    sign: String,
    /// `foreign`: an answer that is right in another's hospital alone. `quick`: finished in less than a fifth of the usual time.
    /// `alike`: a text that has much in common with another's.
    kind: String,
    by: SideView,
    /// The other attempt that it speaks of.
    of: Option<SideView>,
    /// The check that asked, or the text that is alike.
    about: Option<String>,
    /// The answer, as it was given.
    answer: Option<String>,
    /// Minutes it took.
    minutes: Option<f64>,
    /// The middle of the minutes that others took.
    usual_minutes: Option<f64>,
    /// The share of the shorter text's passages that stand in the other, 0 to 1.
    share: Option<f64>,
    /// Every look at it, oldest first; the last decides.
    looks: Vec<LookView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SideView {
    person: PersonView,
    attempt: String,
    lab: String,
}

impl SideView {
    fn of(person: &Person, attempt: &Attempt) -> Self {
        Self { person: person.into(), attempt: attempt.id.to_string(), lab: attempt.lab.clone() }
    }
}

/// What somebody decided who looked.
#[derive(Debug, Serialize, JsonSchema)]
struct LookView {
    /// `explained`, `spoken` or `again`.
    decision: String,
    note: String,
    /// The login of who looked.
    by: String,
    at: String,
}

impl From<IntegrityLook> for LookView {
    fn from(look: IntegrityLook) -> Self {
        let IntegrityLook { decision, note, by, at_us, .. } = look;
        Self { decision: decision.word().to_owned(), note, by, at: instant::format(at_us) }
    }
}

impl From<ShownSign> for SignView {
    fn from(one: ShownSign) -> Self {
        let minutes = |us: i64| us as f64 / 60_000_000.0;
        let bare = Self {
            sign: one.key,
            kind: String::new(),
            by: SideView::of(&one.person, &one.attempt),
            of: one.of.map(|(person, attempt)| SideView::of(&person, &attempt)),
            about: None,
            answer: None,
            minutes: None,
            usual_minutes: None,
            share: None,
            looks: one.looks.into_iter().map(LookView::from).collect(),
        };
        match one.sign {
            Sign::Foreign { check, value, .. } => {
                Self { kind: "foreign".to_owned(), about: Some(check), answer: Some(value), ..bare }
            }
            Sign::Quick { took_us, middle_us, .. } => Self {
                kind: "quick".to_owned(),
                minutes: Some(minutes(took_us)),
                usual_minutes: Some(minutes(middle_us)),
                ..bare
            },
            Sign::Alike { what, share, .. } => {
                Self { kind: "alike".to_owned(), about: Some(what), share: Some(share), ..bare }
            }
        }
    }
}

/// What is compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Compared {
    /// A lab, to compare what was written in its hospitals too; without one, the answers and times of all labs.
    lab: Option<String>,
}

pub(super) fn read(call: &Call<'_>, given: &Compared) -> Result<IntegrityView, Problem> {
    shown(call, given.lab.as_deref())
}

fn shown(call: &Call<'_>, lab: Option<&str>) -> Result<IntegrityView, Problem> {
    let found = call.platform().cohort_integrity(call.person()?, call.part("cohort"), lab)?;
    let signs = found.signs.into_iter().map(SignView::from).collect();
    Ok(IntegrityView { attempts: found.attempts, signs })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    /// What names the sign.
    sign: String,
    /// The lab whose texts were compared, for a sign of that kind.
    #[serde(default)]
    lab: Option<String>,
    /// `explained`: nothing follows. `spoken`: it was spoken about. `again`: the lab is to be done again.
    decision: String,
    /// Why, in 3 to 500 characters.
    note: String,
}

pub(super) fn decide(call: &Call<'_>, given: &Decided) -> Result<IntegrityView, Problem> {
    let decision = IntegrityDecision::from_word(&given.decision).ok_or_else(|| {
        let what = "the decision is one of `explained`, `spoken` and `again`";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what).with("field", "decision")
    })?;
    let cohort = (call.part("cohort"), given.lab.as_deref());
    call.platform().decide_on_sign(call.person()?, cohort, &given.sign, decision, &given.note)?;
    shown(call, given.lab.as_deref())
}
