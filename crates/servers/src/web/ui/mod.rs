//! The components every page is made of.
//!
//! Each is an ordinary function from values to markup, or, where many things are optional, a small builder that draws
//! itself. None knows a use case, a database or a request: pages hand in words that are ready to be read. Text is
//! escaped by maud; nothing here carries an inline style or script, so a strict content security policy holds.
//!
//! Styles live in `web/styles`, behaviour in `web/islands`. [`gallery`] shows them all; look at it after any change:
//! `cargo run -p servers --example gallery -- DIR`, or `npm run e2e` in `web/`, which also runs axe on it.

mod breadcrumbs;
mod button;
mod card;
mod chart;
mod check;
mod choice;
mod clock;
mod code;
mod console;
mod dialog;
mod facts;
mod field;
mod file;
mod form;
mod gallery;
mod hints;
mod icon;
mod link;
mod live;
mod markdown;
mod moment;
mod notice;
mod page;
mod pagination;
mod patient;
mod person;
mod progress;
mod qr;
mod states;
mod steps;
mod table;
mod tabs;
mod tag;
mod theme;
mod timeline;
mod tone;
mod vitals;
mod workspace;

#[cfg(test)]
mod tests;

pub use breadcrumbs::breadcrumbs;
pub use button::{Look, link_button, submit, submit_as, submit_with};
pub use card::{card, card_link};
pub use chart::{Mark, bars, line};
pub use check::{Check, CheckCells, Finding, Verdict, check_cells, check_row};
pub use choice::{Choice, Select, checkbox, radios};
pub use clock::{Clock, clock};
pub use code::{code_block, copy_button, json_block};
pub use console::{Console, fhir_console};
pub use dialog::{Confirm, confirm};
pub use facts::{facts, or_none};
pub use field::{Field, Takes};
pub use file::{file_field, optional_file, upload_form};
pub use form::{csrf_field, form_problems, post_form};
pub use gallery::{gallery, gallery_workspace};
pub use hints::{Rung, hints};
pub use icon::{Icon, mark};
pub use link::Link;
pub use live::live_regions;
pub use markdown::{markdown, markdown_compact};
pub use moment::{ago, moment};
pub use notice::notice;
pub use page::{Page, narrow_sheet, page, sheet};
pub use pagination::{Pages, grouped, pagination};
pub use patient::{Allergies, Patient, patient_banner};
pub use person::{Person, person_menu};
pub use progress::{figures, progress};
pub use qr::qr;
pub use states::{empty, failure, loading};
pub use steps::{Step, steps, tally};
pub use table::{Column, Row, Sorted, filtered, table};
pub use tabs::tabs;
pub use tag::{tag, tag_with};
pub use theme::{Theme, theme_switch};
pub use timeline::{Event, timeline};
pub use tone::Tone;
pub use vitals::{Point, Vital, vital, vitals};
pub use workspace::{Workspace, workspace};
