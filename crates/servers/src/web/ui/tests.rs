//! What must hold for every component: nothing inline, nothing that breaks out, what is promised to readers is there.

use maud::{Markup, html};

use super::{
    Check, Field, Finding, Icon, Look, Pages, Theme, Tone, Verdict, check_cells, check_row, confirm,
    form_problems, gallery, gallery_workspace, grouped, markdown, notice, pagination, table, tag, tally,
    vital,
};
use super::{Column, Confirm, Point, Row, Vital};

fn pages() -> [String; 2] {
    [gallery(Theme::Auto).into_string(), gallery_workspace(Theme::Dark).into_string()]
}

#[test]
fn no_page_carries_an_inline_style_or_script() {
    for page in pages() {
        for forbidden in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden} found");
        }
        for script in page.split("<script").skip(1) {
            assert!(script.contains("src=\"/assets/"), "a script without our own src");
        }
    }
}

#[test]
fn ids_are_unique_and_references_to_them_hold() {
    for page in pages() {
        let mut ids: Vec<&str> = attribute(&page, " id=\"").collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id is used twice");
        for name in [" for=\"", " aria-describedby=\"", " aria-labelledby=\""] {
            for id in attribute(&page, name).flat_map(str::split_whitespace) {
                assert!(ids.binary_search(&id).is_ok(), "{name}{id} points nowhere");
            }
        }
    }
}

fn attribute<'a>(page: &'a str, start: &'static str) -> impl Iterator<Item = &'a str> {
    page.split(start).skip(1).filter_map(|it| it.split('"').next())
}

#[test]
fn text_never_becomes_markup() {
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let drawn: [Markup; 6] = [
        tag(Tone::Bad, evil),
        notice(Tone::Bad, Some(evil), &html! { (evil) }),
        html! { (Field::new("a", evil).value(evil).hint(evil).error(Some(evil)).placeholder(evil)) },
        table(evil, &[Column::text(evil)], &[Row::new(vec![html! { (evil) }])], &html! {}),
        check_row(&failed(evil)),
        markdown(evil),
    ];
    for markup in drawn {
        assert!(!markup.into_string().contains("<img"), "markup slipped through");
    }
}

fn failed(words: &str) -> Check<'_> {
    let finding =
        Finding { expected: words, observed: words, place: Some((words, Some(words))), say: Some(words) };
    Check { id: "a", title: words, bonus: false, verdict: Verdict::Failed(finding) }
}

#[test]
fn markdown_shows_html_and_defuses_addresses() {
    let cases = [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[a](javascript:alert(1))", "href=\"#\""),
        ("[a](JaVaScRiPt:alert(1))", "href=\"#\""),
        ("[a](data:text/html,x)", "href=\"#\""),
        ("[a](/labs/x?y=a:b)", "href=\"/labs/x?y=a:b\""),
        ("[a](https://hl7.org/fhir/R4)", "href=\"https://hl7.org/fhir/R4\""),
        ("# Top", "<h2>Top</h2>"),
        ("![a chart](http://elsewhere/x.png)", "<em>a chart</em>"),
    ];
    for (source, expected) in cases {
        let drawn = markdown(source).into_string();
        assert!(drawn.contains(expected), "{source} became {drawn}");
    }
}

#[test]
fn a_row_and_its_cells_are_the_same_markup() {
    let check = failed("41 mmol/L");
    let row = check_row(&check).into_string();
    let cells = check_cells(&check);
    assert_eq!(cells.state, "failed");
    for part in [&cells.sign, &cells.word, &cells.detail] {
        assert!(row.contains(part.as_str()), "{part} is not in the row");
    }
}

#[test]
fn every_verdict_has_its_own_word_and_shape() {
    let finding = Finding::default();
    let verdicts =
        [Verdict::NotYet(None), Verdict::Passed(None), Verdict::Failed(finding), Verdict::Tripped(finding)];
    let cells: Vec<_> = verdicts
        .into_iter()
        .map(|verdict| check_cells(&Check { id: "a", title: "t", bonus: false, verdict }))
        .collect();
    for (index, one) in cells.iter().enumerate() {
        for other in &cells[index + 1..] {
            assert_ne!((&one.word, &one.sign), (&other.word, &other.sign));
            assert_ne!(one.sign, other.sign);
        }
    }
}

#[test]
fn bonus_checks_are_not_counted() {
    let check = |bonus, verdict| Check { id: "a", title: "t", bonus, verdict };
    let checks = [
        check(false, Verdict::Passed(None)),
        check(false, Verdict::NotYet(None)),
        check(true, Verdict::Passed(None)),
    ];
    assert_eq!(tally(&checks), (1, 2));
}

#[test]
fn an_error_is_tied_to_its_field_and_to_the_summary() {
    let field = html! { (Field::new("born", "Date of birth").hint("As on the passport.").error(Some("Not a date."))) }.into_string();
    assert!(field.contains("aria-describedby=\"born-hint born-error\""), "{field}");
    assert!(field.contains("aria-invalid=\"true\""), "{field}");
    assert!(form_problems(&[("born", "Not a date.")]).into_string().contains("href=\"#born\""));
    assert_eq!(form_problems(&[]).into_string(), "");
}

#[test]
fn a_block_keeps_its_first_line_even_when_it_is_empty() {
    let block =
        html! { (Field::new("note", "Note").takes(super::Takes::Block).value("\nsecond")) }.into_string();
    assert!(block.contains(">\n\nsecond</textarea>"), "{block}");
}

#[test]
fn without_rows_the_empty_state_stands_alone() {
    let drawn = table("Patients", &[Column::text("Name")], &[], &html! { "nobody" }).into_string();
    assert_eq!(drawn, "nobody");
}

#[test]
fn a_curve_stays_on_its_drawing_whatever_the_numbers() {
    let series: [&[f64]; 4] = [&[5.0], &[5.0, 5.0], &[-1e9, 1e9], &[0.0, 1.0, 0.5]];
    for values in series {
        let points: Vec<Point<'_>> = values
            .iter()
            .zip(0..)
            .map(|(value, at_us)| Point { at_us, iso: "", when: "", value: *value, shown: "x" })
            .collect();
        let drawn = vital(&Vital { name: "n", unit: "u", usual: None, points: &points }).into_string();
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
        assert_eq!(drawn.matches("spark-point").count(), values.len());
    }
    let none = vital(&Vital { name: "n", unit: "u", usual: Some((1.0, 2.0)), points: &[] });
    assert_eq!(none.into_string(), "");
}

#[test]
fn thousands_are_set_apart() {
    for (number, expected) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (12_480, "12,480"), (1_000_000, "1,000,000")]
    {
        assert_eq!(grouped(number), expected);
    }
}

#[test]
fn the_ends_of_a_list_have_one_way_only() {
    let pages = Pages { what: "patients", first: 1, last: 2, total: 2, previous: None, next: None };
    assert!(!pagination(&pages).into_string().contains("<a "));
}

#[test]
fn a_dialog_posts_with_our_token() {
    let question = Confirm {
        id: "r",
        opens: "Reset…",
        icon: Some(Icon::Reset),
        title: "Sure?",
        body: html! {},
        action: "/reset",
        does: "Reset",
        look: Look::Danger,
    };
    let drawn = confirm(&question, "t0k3n").into_string();
    assert!(drawn.contains("name=\"csrf\" value=\"t0k3n\""), "{drawn}");
    assert!(drawn.contains("aria-labelledby=\"r-title\""), "{drawn}");
}
