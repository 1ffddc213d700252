use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use platform::record::{Deed, Entrusted, Evaluation, Half, Incident, Onboarding, minutes_of};
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;

/// Whatever a form of a record carries.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Sent {
    fn text(&self, name: &str) -> String {
        self.fields.get(name).map_or(String::new(), |text| text.trim().to_owned())
    }

    fn day(&self, name: &str) -> Option<Date> {
        self.text(name).parse().ok()
    }

    /// Numbers that are none become the one that every rule refuses.
    fn number(&self, name: &str) -> u64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// The lines that were ticked.
    fn lines(&self) -> Vec<u64> {
        self.fields.keys().filter_map(|name| name.strip_prefix("line.")?.parse().ok()).collect()
    }

    /// The deed that a form means, and what to say once it is written; none for a day, hours or a word that are none.
    fn deed(&self, named: &str) -> Option<(Deed, &'static str)> {
        let (line, why) = (self.number("line"), self.text("why"));
        Some(match named {
            "accept" => (Deed::Accepted, "The agreement holds. Log your days as you go."),
            "log" => {
                let (at, what, minutes) =
                    (self.text("at"), self.text("what"), minutes_of(&self.text("hours"))?);
                (
                    Deed::Logged { day: self.day("day")?, at, minutes, what },
                    "Logged. It counts once it is signed.",
                )
            }
            "withdraw" => (Deed::Withdrawn { line }, "Taken back. The line stays, struck out."),
            "correct" => {
                let (at, what, minutes) =
                    (self.text("at"), self.text("what"), minutes_of(&self.text("hours"))?);
                let deed = Deed::Corrected { line, at, minutes, what, why };
                (deed, "The correction waits for its signature; until then the old line counts.")
            }
            "sign" => {
                let (week, lines, words) = (self.day("week")?, self.lines(), self.text("words"));
                (Deed::Signed { week, lines, words }, "Signed. These lines stay as they are.")
            }
            "return" => (Deed::Returned { line, why }, "Given back, with your words."),
            "entrust" => {
                let level = u8::try_from(self.number("level")).unwrap_or(0);
                let seen = u32::try_from(self.number("seen")).unwrap_or(0);
                let (competency, words) = (self.text("competency"), self.text("words"));
                (Deed::Entrusted(Entrusted { competency, level, seen, words }), "Decided.")
            }
            "evaluate" => {
                let half = if self.text("half") == "end" { Half::End } else { Half::Mid };
                let (well, next) = (self.text("well"), self.text("next"));
                (Deed::Evaluated(Evaluation { half, well, next }), "The evaluation is written, and stays.")
            }
            "incident" => {
                (Deed::Incident(Incident { day: self.day("day")?, what: self.text("what") }), "Noted.")
            }
            "pay" => {
                let step = usize::try_from(self.number("step")).unwrap_or(usize::MAX);
                (Deed::Paid { step, from: self.day("day")? }, "The step is in the pay.")
            }
            "onboarded" => {
                let days = |name: &str| u32::try_from(self.number(name)).unwrap_or(0);
                let reported = Onboarding { days: days("days"), usual_days: days("usual_days") };
                (Deed::Onboarded(reported), "Reported. It counts among the outcomes of the programme.")
            }
            "complete" => (Deed::Completed, "The apprenticeship is complete."),
            "end" => (Deed::Ended { why }, "The apprenticeship is ended. Its record stays."),
            _ => return None,
        })
    }
}

/// `POST /record/{id}/write/{deed}`.
pub(super) async fn write(
    State(app): State<App>,
    Path((id, named)): Path<(String, String)>,
    form: PageForm<Sent>,
) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let path = format!("/record/{}", id.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let Some((deed, words)) = sent.deed(&named) else {
        let refusal = platform::record::RecordError::Refused {
            field: "day",
            what: "the day or the hours cannot be read; write them as 2031-09-01 and 7.5".to_owned(),
        };
        return said_at::<()>(Err(refusal), &path, "");
    };
    let done = app.run(move |platform| platform.write_record(&person, &id, &deed)).await;
    said_at(done, &path, words)
}
