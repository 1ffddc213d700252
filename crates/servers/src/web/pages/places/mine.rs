use axum::extract::State;
use maud::{Markup, html};
use platform::Platform;
use platform::people::{Person, Role};
use platform::placements::{DOCUMENTS, Lack, MyCouple, MyRound, Paper, Place, PlacementError};
use platform::programme::Organisation;

use super::couple;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place as Spot, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, counted, date, day, iso};
use crate::web::ui::{
    Choice, Column, Field, Icon, Link, Look, Row, Select, Takes, Tone, card, empty, link_button, moment,
    notice, or_none, post_form, sheet, submit, table, tabs, tag, tag_with,
};

/// How many wishes the form has room for.
const WISHES: usize = 8;

/// What the page is about.
struct Known {
    places: Vec<(Place, Vec<Lack>)>,
    wishes: Vec<String>,
    papers: Vec<Paper>,
    rounds: Vec<MyRound>,
    hosts: Vec<Organisation>,
    couples: Vec<MyCouple>,
}

impl Known {
    fn gather(platform: &Platform, person: &Person) -> Result<Self, PlacementError> {
        let places = platform.places()?;
        let lacks = match person.role {
            Role::Learner => platform.lacks_for(person, &places)?,
            _ => vec![Vec::new(); places.len()],
        };
        Ok(Self {
            wishes: platform.wishes_of(person)?,
            papers: platform.documents_of(&person.id)?,
            rounds: platform.my_rounds(person)?,
            hosts: platform.hosts_kept_by(person)?,
            couples: platform.couples_of(person)?,
            places: places.into_iter().zip(lacks).collect(),
        })
    }

    /// The places that one can wish for, each with its title.
    fn open_places(&self) -> Vec<(String, String)> {
        let open = self.places.iter().filter(|(place, _)| place.open);
        open.map(|(place, _)| (place.id.clone(), self.title(&place.id))).collect()
    }

    fn title(&self, id: &str) -> String {
        let found = self.places.iter().find(|(place, _)| place.id == id);
        found.map_or_else(
            || "a place that is gone".to_owned(),
            |(place, _)| format!("{}, {}", place.title, place.host),
        )
    }
}

/// `GET /places`: what there is, and, for learners, what they wish and got.
pub(super) async fn places(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| Known::gather(platform, &person)).await?;
    let learns = visitor.person.role == Role::Learner;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (tabs("Places", &[Link::to("What there is", "/places").current(true), Link::to("Apprenticeships", "/record")]))
            @for round in &known.rounds { (result(&known, round)) }
            div.row {
                @if !known.hosts.is_empty() { (link_button("Offer a place", "/places/offer", Look::Primary)) }
                @if visitor.teaches() { (link_button("The match", "/places/match", Look::Plain)) }
            }
            h2.visually-hidden { "What there is" }
            div.card { (list(&known, learns)) }
            @if learns {
                @if let Some(couple) = known.couples.iter().find(|couple| couple.agreed) {
                    (card(&format!("Your list, with {}", couple.partner.name), &html! {}, &couple::pairs_form(couple, &known.open_places(), &visitor.csrf)))
                } @else {
                    (card("Your list", &html! {}, &wish_form(&known, &visitor.csrf)))
                    (card("As a couple", &html! {}, &couple::questions(&known.couples, &visitor.csrf)))
                }
                (card("Your documents", &html! {}, &documents(&known, &visitor.csrf)))
            }
        }
    };
    let intro = "Places to learn at, at hosts. Wish for those you want; hosts rank who wishes for them, and the match decides for both sides at once.";
    Ok(framed(&visitor, Spot::Places, "Places", None, &sheet(&[], "Places", Some(intro), &content)))
}

fn list(known: &Known, learns: bool) -> Markup {
    let columns = [
        Column::wide("Place"),
        Column::text("Host"),
        Column::text("Days"),
        Column::number("Room for"),
        Column::wide(if learns { "What you lack" } else { "Asks for" }),
    ];
    let kept = |place: &Place| known.hosts.iter().any(|host| host.id == place.organisation);
    let row = |(place, lacks): &(Place, Vec<Lack>)| {
        Row::new(vec![
            html! {
                @if kept(place) { a href={ "/places/" (place.id) } { (place.title) } } @else { (place.title) }
                @if !place.open { " " (tag(Tone::Neutral, "closed")) }
                @if !place.about.is_empty() { br; span.quiet.small { (place.about) } }
            },
            html! { (place.host) },
            html! { (date(&place.begins_on.to_string())) @if let Some(ends_on) = place.ends_on { " to " (date(&ends_on.to_string())) } },
            html! { (place.capacity) },
            if learns { lacking(lacks) } else { asks(place) },
        ])
    };
    let rows: Vec<Row> = known.places.iter().map(row).collect();
    let why = "Hosts offer places here; an instructor adds the hosts.";
    table("Places", &columns, &rows, &empty(Icon::Hospital, "No places yet", why, &html! {}))
}

/// What somebody lacks, in words.
pub(super) fn lacking(lacks: &[Lack]) -> Markup {
    html! {
        @if lacks.is_empty() { (tag_with(Tone::Good, Icon::Check, "nothing")) }
        @else { ul.plain { @for lack in lacks { li { (capital(&lack.to_string())) } } } }
    }
}

fn asks(place: &Place) -> Markup {
    let documents = place.asks.documents.len();
    let competencies = place.asks.competencies.len();
    html! { (counted(documents, "document", "documents")) ", " (counted(competencies, "competency", "competencies")) }
}

fn wish_form(known: &Known, csrf: &str) -> Markup {
    let titles = known.open_places();
    let mut choices = vec![Choice::new("", "Nothing")];
    choices.extend(titles.iter().map(|(id, title)| Choice::new(id, title)));
    let body = html! {
        p { "Put first what you want most. There is nothing to gain by guessing what others do: with this match, your true order serves you best." }
        div.form-grid {
            @for number in 0..WISHES.min(titles.len()).max(1) {
                @let (name, label) = (format!("wish-{}", number + 1), format!("Wish {}", number + 1));
                (Select::new(&name, &label, &choices).chosen(known.wishes.get(number).map_or("", String::as_str)))
            }
        }
        div.form-actions { (submit("Keep this list", Look::Primary)) }
    };
    post_form("/places/wishes", csrf, &body)
}

fn documents(known: &Known, csrf: &str) -> Markup {
    let columns = [Column::wide("Document"), Column::text("Until"), Column::text("Checked")];
    let row = |paper: &Paper| {
        let until = paper.document.expires_on.as_deref().map(date);
        Row::new(vec![
            html! { (paper.kind.title) },
            or_none(until.as_deref()),
            match (&paper.document.checked_by, paper.document.checked_us) {
                (Some(by), Some(us)) => {
                    html! { (tag_with(Tone::Good, Icon::Check, "checked")) span.quiet { " by " (by) ", " (moment(&iso(us), &day(us))) } }
                }
                _ => tag(Tone::Neutral, "not yet"),
            },
        ])
    };
    let rows: Vec<Row> = known.papers.iter().map(row).collect();
    let kinds: Vec<Choice<'_>> = DOCUMENTS.iter().map(|kind| Choice::new(kind.id, kind.title)).collect();
    let why = "Say which documents you have; a host or an instructor looks at each once. The papers themselves are never kept here.";
    html! {
        (table("Your documents", &columns, &rows, &empty(Icon::Note, "No documents yet", why, &html! {})))
        (post_form("/places/documents", csrf, &html! {
            div.form-grid {
                (Select::new("kind", "Document", &kinds))
                (Field::new("expires_on", "Last day").takes(Takes::Date).hint("Empty if it does not run out."))
            }
            div.form-actions { (submit("I have it", Look::Plain)) }
        }))
    }
}

fn result(known: &Known, round: &MyRound) -> Markup {
    let title = format!("Round {} of the match", round.round);
    let body = html! {
        @match &round.place {
            Some(place) => (notice(Tone::Good, Some("You have a place"), &html! { p { (known.title(place)) "." } })),
            None => (notice(Tone::Warn, Some("No place in this round"), &html! { p { "Places that stayed open take part in the next one; look at your list." } })),
        }
        @if !round.why.is_empty() {
            h3 { "Why not there?" }
            ul { @for (rank, place, why) in &round.why { li { "Wish " (rank) ", " (known.title(place)) ": " (why) "." } } }
        }
        @if !round.blocking.is_empty() {
            p { "The audit lists you: a place would rather have you than somebody it got, and you would rather be there. It came about by a change by hand, or because of couples; ask an instructor." }
        }
        details {
            summary { "Check it yourself" }
            p { "The match was decided from these files, which name nobody, with the seed " code { (round.seed) } ". Whoever runs " code { "practicum match" } " over them gets the same." }
            ul { @for file in &round.files { li { a href={ "/places/match/" (round.run) "/files/" (file) } { (file) } } } }
        }
    };
    card(
        &title,
        &html! { span.quiet { (moment(&iso(round.published_us), &day(round.published_us))) } },
        &body,
    )
}
