use maud::{Markup, html};
use platform::ehr::chart::{ImagingStudy, Picture};

use super::At;
use crate::web::pages::words::{chart_time, counted};
use crate::web::ui::{Column, Icon, Look, Row, Tone, empty, or_none, submit, table, tag};

/// What the address says of the viewer: study, picture from 1, window.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub(super) study: Option<String>,
    pub(super) picture: Option<usize>,
    pub(super) window: Option<(f64, f64)>,
}

/// The patient's studies, and the one that is looked at.
pub(super) fn imaging(at: &At<'_>, all: &[ImagingStudy], shown: &Shown) -> Markup {
    let open = shown.study.as_ref().and_then(|uid| all.iter().find(|study| study.uid == *uid));
    let columns = [
        Column::text("Made"),
        Column::text("Modality"),
        Column::wide("Study"),
        Column::text("Accession"),
        Column::number("Pictures"),
    ];
    let rows: Vec<Row> = all.iter().map(|study| row(at, study)).collect();
    let why = "There are pictures once an examination is reported, or a device has sent some under this patient's number.";
    let nothing = empty(Icon::Device, "No pictures", why, &html! {});
    html! {
        @if let Some(study) = open { (viewer(at, study, shown)) }
        div.table-frame { (table("Imaging studies, newest first", &columns, &rows, &nothing)) }
    }
}

fn row(at: &At<'_>, study: &ImagingStudy) -> Row {
    let href = format!("{}?study={}", at.to("imaging"), study.uid);
    let name = if study.name.is_empty() { "a study without a name" } else { &study.name };
    Row::new(vec![
        chart_time(study.made.as_ref()),
        html! { @for modality in &study.modalities { (tag(Tone::Info, modality)) " " } },
        html! { a href=(href) { (name) } },
        or_none(Some(study.accession.as_str()).filter(|number| !number.is_empty())),
        html! { (study.pictures.len()) },
    ])
}

/// The viewer: one picture, and a form that asks for another. With scripts, the island `image-viewer` changes the picture
/// while one drags or presses keys; without, the form loads the page again.
fn viewer(at: &At<'_>, study: &ImagingStudy, shown: &Shown) -> Markup {
    let count = study.pictures.len();
    let number = shown.picture.unwrap_or(count.div_ceil(2)).clamp(1, count.max(1));
    let Some(picture) = study.pictures.get(number - 1) else {
        return empty(
            Icon::Device,
            "Nothing to show",
            "The objects of this study are no pictures.",
            &html! {},
        );
    };
    let window = shown.window.or(picture.window);
    let address = |picture: &Picture| address(at, study, picture);
    let alt = format!("{}, picture {number} of {count}", study.name);
    html! {
        image-viewer {
            figure.viewer {
                div.viewer-screen tabindex="0" role="group" aria-label=(format!("{}: arrow keys change the picture, with Shift the window", study.name)) {
                    img src=(with_window(&address(picture), window)) alt=(alt);
                }
                figcaption {
                    b { (study.name) } " "
                    span.quiet { (chart_time(study.made.as_ref())) ", " (counted(count, "picture", "pictures")) }
                    p.quiet.small { "Drawn by a program: no such person exists." }
                }
            }
            form.viewer-form method="get" action=(at.to("imaging")) {
                input type="hidden" name="study" value=(study.uid);
                div.field {
                    label for="viewer-picture" { "Picture " output for="viewer-picture" { (number) " of " (count) } }
                    input #viewer-picture type="range" name="picture" min="1" max=(count) value=(number);
                }
                @if let Some((center, width)) = window {
                    div.field {
                        label for="viewer-center" { "Window center" }
                        input.control #viewer-center type="number" name="center" step="any" value=(center);
                    }
                    div.field {
                        label for="viewer-width" { "Window width" }
                        input.control #viewer-width type="number" name="width" min="1" step="any" value=(width);
                    }
                    @if study.modalities.iter().any(|modality| modality == "CT") {
                        div.field {
                            label for="viewer-preset" { "Preset" }
                            select.control #viewer-preset name="preset" {
                                option value="" { "as entered" }
                                @for (name, preset) in PRESETS { option value=(preset) { (name) } }
                            }
                        }
                    }
                }
                (submit("Show", Look::Plain))
            }
            ol.viewer-pictures hidden { @for picture in &study.pictures { li data-src=(address(picture)) { (picture.series_name) } } }
        }
    }
}

/// Windows that radiologists know by name: center and width in Hounsfield units.
const PRESETS: [(&str, &str); 4] =
    [("lung", "-600,1500"), ("soft tissue", "50,400"), ("bone", "500,2000"), ("brain", "40,80")];

fn address(at: &At<'_>, study: &ImagingStudy, picture: &Picture) -> String {
    format!(
        "/s/{}/dicomweb/studies/{}/series/{}/instances/{}/frames/{}/rendered",
        at.inside.sandbox, study.uid, picture.series, picture.instance, picture.frame
    )
}

fn with_window(address: &str, window: Option<(f64, f64)>) -> String {
    window.map_or_else(|| address.to_owned(), |(center, width)| format!("{address}?window={center},{width}"))
}
