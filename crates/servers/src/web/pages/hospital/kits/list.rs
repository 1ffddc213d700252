use axum::extract::State;
use maud::{Markup, html};
use platform::kits::model::Kit;
use platform::kits::{KitRun, kit_runs, kits};

use super::tree::outcome;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{counted, time};
use crate::web::ui::{Column, Icon, Row, card, card_link, empty, table};

/// `GET …/kits`: what can be tried, and what was.
pub(crate) async fn list(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let runs = inside.run(&app, kit_runs).await?;
    let rows: Vec<Row> = runs.iter().map(|run| row(&inside, run)).collect();
    let columns = [Column::text("Began"), Column::text("Kit"), Column::text("Outcome")];
    let nothing = empty(
        Icon::Search,
        "No runs",
        "Choose a kit above, and say which server it is to look at.",
        &html! {},
    );
    let work = html! {
        div.stack {
            h2 { "Test kits" }
            p.quiet { "A kit talks to a server and says where it keeps a standard and where not: this hospital's, one of your own, or a vendor's test system." }
            div.cards { @for kit in kits() { (offer(&inside, kit)) } }
            (card("Runs", &html! {}, &table("Runs of this hospital", &columns, &rows, &nothing)))
        }
    };
    Ok(inside.page(Tab::Kits, "Test kits", &work))
}

fn offer(inside: &Inside, kit: &Kit) -> Markup {
    let foot = html! { span.quiet { (counted(kit.tests().len(), "test", "tests")) " · " (kit.standard) } };
    card_link(kit.title, &inside.to(&format!("kits/{}", kit.id)), &html! { p { (kit.about) } }, &foot)
}

fn row(inside: &Inside, run: &KitRun) -> Row {
    let title = kits().iter().find(|kit| kit.id == run.kit).map_or(run.kit.as_str(), |kit| kit.title);
    let href = inside.to(&format!("kits/{}/{}", run.kit, run.id));
    Row::new(vec![time(run.began_us), html! { a href=(href) { (title) } }, outcome(Some(&run.outcome))])
}
