//! Things to press, fill in and walk through.

use maud::{Markup, html};

use crate::web::ui::{
    Choice, Column, Confirm, Field, Icon, Link, Look, Pages, Row, Select, Sorted, Takes, Tone, card,
    card_link, checkbox, confirm, empty, filtered, form_problems, link_button, narrow_sheet, pagination,
    post_form, progress, radios, submit, submit_as, submit_with, table, tabs, tag, tag_with,
};

pub(super) fn actions() -> Markup {
    let grains = [
        Choice::new("step", "This step").note("Takes back what you did since the step before was passed."),
        Choice::new("lab", "This lab").note("The same patients, the same problem, a fresh start."),
        Choice::new("sandbox", "The whole hospital").note("Every lab that runs in it starts again."),
    ];
    let question = Confirm {
        id: "gallery-reset",
        opens: "Reset…",
        icon: Some(Icon::Reset),
        title: "Start again from where?",
        body: radios("grain", "Put back", &grains, "step"),
        action: "#reset",
        does: "Reset",
        look: Look::Danger,
    };
    let views = [
        Link::to("Summary", "#a").current(true),
        Link::to("Results", "#b").count(12),
        Link::to("Medications", "#c"),
        Link::to("Journal", "#d"),
    ];
    html! {
        div.row {
            (submit("Admit patient", Look::Primary)) (submit_with(Icon::Hint, "Ask for a pointer", Look::Plain)) (submit_as("Undo last change", Look::Plain, "do", "undo"))
            (submit("Delete snapshot", Look::Danger)) (link_button("All patients", "#all", Look::Quiet)) (confirm(&question, "gallery"))
            button.button type="button" disabled { "Not now" }
        }
        (tabs("Chart", &views))
        div.cards {
            (card_link("Two charts, one patient", "#lab", &html! { p { "Find the people the front desk registered twice, and leave the twins alone." } (progress("gallery-progress", "Checks passed", 2, 5)) }, &html! { (tag(Tone::Accent, "practitioner")) (tag(Tone::Neutral, "40 min")) }))
            (card("Class", &html! { p { "14 learners" } }, &html! { p { "Three are stuck on the same check: " b { "no duplicate MRN" } "." } }))
        }
    }
}

pub(super) fn forms() -> Markup {
    const SEX: [Choice<'static>; 3] = [
        Choice { value: "", label: "Choose…", note: None },
        Choice { value: "female", label: "Female", note: None },
        Choice { value: "male", label: "Male", note: None },
    ];
    let fields = html! {
        (form_problems(&[("born", "A date of birth cannot lie in the future.")]))
        div.form-grid {
            (Field::new("family", "Family name").value("O'Hara-Sørensen").required().autocomplete("off"))
            (Field::new("given", "Given names").hint("All of them, separated by spaces.").required())
            (Field::new("born", "Date of birth").takes(Takes::Date).value("2034-01-01").error(Some("A date of birth cannot lie in the future.")).required())
            (Select::new("sex", "Administrative sex", &SEX).chosen("female").required())
            (Field::new("systolic", "Systolic pressure").takes(Takes::Number).unit("mmHg").value("128"))
            (Field::new("mrn", "MRN").placeholder("0041877").hint("Leave empty to have one given."))
        }
        (Field::new("note", "Note").takes(Takes::Block).value("Seen on the evening round.\nNo complaints."))
        (checkbox("confirmed", "Identity confirmed with the patient", true))
        div.form-actions { (submit("Register", Look::Primary)) (link_button("Cancel", "#cancel", Look::Quiet)) }
    };
    let sign_in = html! {
        div.card { div.card-body {
            (Field::new("sign-in-name", "Name").autocomplete("username").required())
            (Field::new("password", "Password").takes(Takes::Password).autocomplete("current-password").required())
            (submit("Sign in", Look::Primary))
        } }
    };
    html! {
        (card("Register a patient", &html! {}, &post_form("#register", "gallery", &fields)))
        div.card { (narrow_sheet("Sign in", &sign_in)) }
    }
}

pub(super) fn lists() -> Markup {
    let columns = [
        Column::text("Name").sortable("#by-name", Some(Sorted::Ascending)),
        Column::text("MRN"),
        Column::number("Age").sortable("#by-age", None),
        Column::text("Sex"),
        Column::text("Where"),
        Column::text("State"),
    ];
    let people = [
        ("Delacroix, Maëlle", "0038812", "41", "F", "3 East, bed 4", Tone::Good, "stable"),
        ("Marsh, Desmond", "0041204", "67", "M", "ICU, bed 2", Tone::Bad, "critical"),
        (
            "Whitcombe-Featherstonehaugh, Rosalind Anne",
            "0041877",
            "72",
            "F",
            "3 East, bed 12",
            Tone::Warn,
            "watch",
        ),
    ];
    let rows: Vec<Row> = people
        .iter()
        .map(|(name, mrn, age, sex, place, tone, state)| Row {
            cells: vec![
                html! { a href="#chart" { (name) } },
                html! { code { (mrn) } },
                html! { (age) },
                html! { (sex) },
                html! { (place) },
                tag(*tone, state),
            ],
            selected: *mrn == "0041204",
        })
        .collect();
    let list = table("Patients in the hospital", &columns, &rows, &html! {});
    let pages = Pages {
        what: "patients",
        first: 26,
        last: 50,
        total: 12_480,
        previous: Some("#before"),
        next: Some("#after"),
    };
    let nobody = empty(
        Icon::Search,
        "Nobody by that name",
        "Try the MRN, or fewer letters of the family name.",
        &html! {},
    );
    html! {
        div.table-frame { (filtered("gallery-filter", "Filter these patients", rows.len(), &list)) }
        (pagination(&pages))
        div.table-frame.matrix { (table("Learners and labs", &[Column::text("Learner"), Column::text("First shift"), Column::text("FHIR by hand"), Column::text("Two charts")], &learners(), &html! {})) }
        div.card { (table("Nobody", &columns, &[], &nobody)) }
    }
}

fn learners() -> Vec<Row> {
    let states = [
        (Tone::Good, Icon::Check, "passed"),
        (Tone::Warn, Icon::Clock, "3 of 5"),
        (Tone::Neutral, Icon::Lock, "not begun"),
        (Tone::Bad, Icon::Alert, "trap"),
    ];
    ["Okafor, Adaeze", "Lindqvist, Per"]
        .iter()
        .enumerate()
        .map(|(shift, name)| {
            let cells = states
                .iter()
                .cycle()
                .skip(shift)
                .take(3)
                .map(|(tone, icon, word)| tag_with(*tone, *icon, word));
            Row::new(std::iter::once(html! { (name) }).chain(cells).collect())
        })
        .collect()
}
