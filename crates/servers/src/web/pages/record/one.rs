use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::record::{Apprenticed, Half, RecordError, Side};

use super::progress::{far, missing, wages};
use super::told::{level, standing_tag};
use super::{forms, weeks};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{counted, date, day, iso};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, empty, facts, link_button, moment, notice, sheet, table,
};

/// Competencies of a schedule in words, and the people who wrote into a record.
pub(super) struct Names {
    pub(super) competencies: Vec<(String, String)>,
    pub(super) people: Vec<(String, String)>,
}

impl Names {
    pub(super) fn of(platform: &platform::Platform, one: &Apprenticed) -> Result<Self, RecordError> {
        let catalogue = platform.catalogue();
        let title =
            |id: &str| catalogue.competencies.iter().find(|one| one.id == id).map(|one| one.title.clone());
        let asked = one.schedule.entrust.iter().map(|one| &one.competency);
        let competencies = asked.map(|id| (id.clone(), title(id).unwrap_or_else(|| id.clone()))).collect();
        let mut people = Vec::new();
        let ids =
            one.record.incidents.iter().map(|(by, _)| by).chain(one.record.looks.iter().map(|(_, by)| by));
        for id in ids {
            people.extend(
                platform.people().get(&id.as_str().into()).ok().flatten().map(|who| (id.clone(), who.name)),
            );
        }
        Ok(Self { competencies, people })
    }

    pub(super) fn competency(&self, id: &str) -> String {
        self.competencies.iter().find(|(one, _)| one == id).map_or(id.to_owned(), |(_, title)| title.clone())
    }

    fn person(&self, id: &str) -> String {
        self.people.iter().find(|(one, _)| one == id).map_or(id.to_owned(), |(_, name)| name.clone())
    }
}

/// `GET /record/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (one, names) = app
        .run(move |platform| {
            let one = platform.apprenticeship(&person, &id)?;
            let names = Names::of(platform, &one)?;
            Ok::<_, RecordError>((one, names))
        })
        .await?;
    let csrf = visitor.csrf.as_str();
    let open = one.record.accepted_us.is_some() && !one.record.is_over();
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            @if one.record.accepted_us.is_none() { (to_accept(&one, csrf)) }
            (card("Where it stands", &standing_tag(&one), &html! { (missing(&one, &names)) (far(&one)) }))
            @if open && one.writes_as(Side::Apprentice) { (card("Log a day", &html! {}, &forms::log(&one, csrf))) }
            (card("Weeks", &html! {}, &weeks::weeks(&one, csrf)))
            @if !one.schedule.entrust.is_empty() { (card("What is entrusted", &html! {}, &entrusted(&one, &names, open, csrf))) }
            (card("Evaluations", &html! {}, &evaluations(&one, open, csrf)))
            (card("Onboarding", &html! {}, &onboarding(&one, open, csrf)))
            (card("Pay", &html! {}, &wages(&one, csrf)))
            (card("What happened", &html! {}, &incidents(&one, &names, open, csrf)))
            (card("The agreement", &html! {}, &agreement(&one)))
            (card("To take along", &html! {}, &files(&one, &names, csrf)))
            @if open && one.writes_as(Side::Office) { (card("The end", &html! {}, &forms::ending(&one, csrf))) }
        }
    };
    let title = format!("{}, {}", one.apprentice.name, one.schedule.title);
    let crumbs = [Link::to("Apprenticeships", "/record"), Link::to(&title, "")];
    let intro = format!("At {}, supervised by {}.", one.employer.name, one.supervisor.name);
    Ok(framed(&visitor, Place::Places, &title, None, &sheet(&crumbs, &title, Some(&intro), &content)))
}

fn to_accept(one: &Apprenticed, csrf: &str) -> Markup {
    if one.record.is_over() {
        return html! {};
    }
    let words = html! {
        @if one.writes_as(Side::Apprentice) {
            p { "Read the agreement below. Once you accept it, you can log your days." }
            (forms::simple(one, "accept", "Accept the agreement", Look::Primary, csrf))
        } @else { p { "It holds once " (one.apprentice.name) " has accepted it." } }
    };
    notice(Tone::Warn, Some("Not accepted yet"), &words)
}

fn entrusted(one: &Apprenticed, names: &Names, open: bool, csrf: &str) -> Markup {
    let columns = [
        Column::text("When"),
        Column::wide("Competency"),
        Column::text("Level"),
        Column::number("Seen"),
        Column::wide("In words"),
    ];
    let row = |(at_us, trust): &(i64, platform::record::Entrusted)| {
        Row::new(vec![
            moment(&iso(*at_us), &day(*at_us)),
            html! { (names.competency(&trust.competency)) },
            html! { (level(trust.level)) },
            html! { (counted(trust.seen as usize, "time", "times")) },
            html! { (trust.words) },
        ])
    };
    let rows: Vec<Row> = one.record.entrusted.iter().rev().map(row).collect();
    let why = "The supervisor decides what somebody may do alone, by what they saw them do.";
    html! {
        (table("What is entrusted", &columns, &rows, &empty(Icon::Shield, "Nothing entrusted yet", why, &html! {})))
        @if open && one.writes_as(Side::Supervisor) { (forms::entrust(one, names, csrf)) }
    }
}

fn onboarding(one: &Apprenticed, open: bool, csrf: &str) -> Markup {
    html! {
        @match one.record.onboarding {
            Some(found) => (facts(&[
                ("Worked without somebody beside them after", html! { (counted(found.days as usize, "day", "days")) }),
                ("Usual here", html! { (counted(found.usual_days as usize, "day", "days")) }),
            ])),
            None => p.quiet { "Not reported yet." },
        }
        @if open && one.record.onboarding.is_none() && one.writes_as(Side::Office) { (forms::onboarded(one, csrf)) }
    }
}

fn evaluations(one: &Apprenticed, open: bool, csrf: &str) -> Markup {
    let halves = [(Half::Mid, "At the middle"), (Half::End, "At the end")];
    html! {
        @for (half, title) in halves {
            h3 { (title) }
            @match one.record.evaluations.get(&half) {
                Some((at_us, found)) => (facts(&[
                    ("Written", moment(&iso(*at_us), &day(*at_us))),
                    ("Goes well", html! { (found.well) }),
                    ("Next", html! { (found.next) }),
                ])),
                None => p.quiet { "Not written yet." },
            }
        }
        @if open && one.writes_as(Side::Supervisor) && one.record.evaluations.len() < 2 { (forms::evaluate(one, csrf)) }
    }
}

fn incidents(one: &Apprenticed, names: &Names, open: bool, csrf: &str) -> Markup {
    let columns = [Column::text("Day"), Column::wide("What"), Column::text("Said by")];
    let row = |(by, incident): &(String, platform::record::Incident)| {
        Row::new(vec![
            html! { (date(&incident.day.to_string())) },
            html! { (incident.what) },
            html! { (names.person(by)) },
        ])
    };
    let rows: Vec<Row> = one.record.incidents.iter().rev().map(row).collect();
    let why = "Absences, accidents, and days that were logged too late are noted here by whoever has to do with them.";
    html! {
        (table("What happened", &columns, &rows, &empty(Icon::Note, "Nothing noted", why, &html! {})))
        @if open && !one.sides.is_empty() { (forms::incident(one, csrf)) }
    }
}

fn agreement(one: &Apprenticed) -> Markup {
    let (agreement, schedule, rules) = (&one.record.agreement, one.schedule, one.rules);
    let recommended = rules.instruction.hours_recommended_year;
    html! {
        (facts(&[
            ("Programme", html! { (agreement.programme) }),
            ("Occupation", html! { (schedule.title) ". " span.quiet { (schedule.about) } }),
            ("Measured", html! { (schedule.approach.word()) span.quiet { ", 29 CFR " (rules.approaches.section) ", read " (rules.read) } }),
            ("Days", html! { (date(&agreement.begins.to_string())) " to " (date(&agreement.ends.to_string())) }),
            ("Related instruction", html! { (schedule.instruction_hours()) " hours" span.quiet { "; " (recommended) " a year are recommended, 29 CFR " (rules.instruction.section) } }),
            ("Supervisor", html! { (one.supervisor.name) }),
        ]))
        p.quiet.small { "The hours of each process are Practicum's own, to begin with; a registered programme follows the schedule that its registration agency approved." }
    }
}

fn files(one: &Apprenticed, names: &Names, csrf: &str) -> Markup {
    let at = format!("/record/{}", one.id);
    html! {
        div.row {
            (link_button("Hours as CSV", &format!("{at}/hours.csv"), Look::Plain))
            (link_button("The whole record as ZIP", &format!("{at}/record.zip"), Look::Plain))
        }
        p.quiet.small { "Each of its " (one.entries.len()) " entries carries the hash of the one before; the archive says how to check them. The last one is " code.wrap { (one.entries.last().map_or("", |entry| entry.hash.as_str())) } "." }
        @if one.writes_as(Side::Office) { (forms::look(one, csrf)) }
        @for (at_us, by) in &one.record.looks { p.quiet.small { "The sealed particulars were opened by " (names.person(by)) " on " (moment(&iso(*at_us), &day(*at_us))) "." } }
    }
}
