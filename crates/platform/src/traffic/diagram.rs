//! Sequence diagrams: who said what to whom, from top to bottom.

use std::fmt::Write as _;

/// One thing that one system said to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Who said it.
    pub from: String,
    /// To whom.
    pub to: String,
    /// What, in few words.
    pub label: String,
    /// Whether it answers the one before.
    pub is_answer: bool,
    /// Whether something went wrong.
    pub is_bad: bool,
}

const COLUMN_PX: usize = 190;
const ROW_PX: usize = 44;
const HEAD_PX: usize = 56;
const LABEL_MAX: usize = 34;

/// Who speaks, in the order they are met.
fn parties(arrows: &[Arrow]) -> Vec<&str> {
    let mut parties: Vec<&str> = Vec::new();
    for name in arrows.iter().flat_map(|arrow| [arrow.from.as_str(), arrow.to.as_str()]) {
        if !parties.contains(&name) {
            parties.push(name);
        }
    }
    parties
}

/// The diagram as text for Mermaid.
#[must_use]
pub fn mermaid(arrows: &[Arrow]) -> String {
    let mut text = "sequenceDiagram\n".to_owned();
    let parties = parties(arrows);
    for (at, name) in parties.iter().enumerate() {
        let _ = writeln!(text, "    participant p{at} as {}", plain(name));
    }
    for arrow in arrows {
        let place = |name: &str| parties.iter().position(|own| *own == name).unwrap_or(0);
        let line = match (arrow.is_bad, arrow.is_answer) {
            (true, true) => "--x",
            (true, false) => "-x",
            (false, true) => "-->>",
            (false, false) => "->>",
        };
        let _ =
            writeln!(text, "    p{}{line}p{}: {}", place(&arrow.from), place(&arrow.to), plain(&arrow.label));
    }
    text
}

/// Text that means nothing to Mermaid.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || ";#:<>".contains(c) { ' ' } else { c }).collect()
}

/// The diagram as a picture of its own. Colours come from the page it stands in, where that has some.
#[must_use]
pub fn svg(arrows: &[Arrow], title: &str) -> String {
    let parties = parties(arrows);
    let (width, height) = (parties.len().max(1) * COLUMN_PX, HEAD_PX + (arrows.len() + 1) * ROW_PX);
    let x = |name: &str| {
        let at = parties.iter().position(|own| *own == name).unwrap_or(0);
        at * COLUMN_PX + COLUMN_PX / 2
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"13\" class=\"sequence\">",
        escaped(title)
    );
    for name in &parties {
        let at = x(name);
        let _ = write!(
            out,
            "<line x1=\"{at}\" y1=\"{HEAD_PX}\" x2=\"{at}\" y2=\"{height}\" stroke=\"currentColor\" stroke-opacity=\"0.3\" stroke-dasharray=\"4 4\"/>\
             <text x=\"{at}\" y=\"32\" text-anchor=\"middle\" font-weight=\"bold\" fill=\"currentColor\">{}</text>",
            escaped(&short(name, 22))
        );
    }
    for (row, arrow) in arrows.iter().enumerate() {
        out.push_str(&drawn(arrow, x(&arrow.from), x(&arrow.to), HEAD_PX + (row + 1) * ROW_PX));
    }
    out + "</svg>"
}

fn drawn(arrow: &Arrow, from: usize, to: usize, y: usize) -> String {
    let dashes = if arrow.is_answer { " stroke-dasharray=\"6 4\"" } else { "" };
    let class = if arrow.is_bad { "bad" } else { "good" };
    let label = escaped(&short(&arrow.label, LABEL_MAX));
    let colour = if arrow.is_bad { "#b3261e" } else { "currentColor" };
    // Somebody who speaks to themselves gets a hook to the right.
    let (path, head, middle) = if from == to {
        let (right, below) = (from + 36, y + 14);
        (format!("M{from} {y}H{right}V{below}H{from}"), format!("M{from} {below}l8 -4v8z"), from + 90)
    } else {
        let turn = if to > from { "-8" } else { "8" };
        (format!("M{from} {y}H{to}"), format!("M{to} {y}l{turn} -4v8z"), usize::midpoint(from, to))
    };
    let mark = if arrow.is_bad { " ✕" } else { "" };
    format!(
        "<g class=\"{class}\"><path d=\"{path}\" fill=\"none\" stroke=\"{colour}\"{dashes}/><path d=\"{head}\" fill=\"{colour}\"/>\
         <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" fill=\"{colour}\">{label}{mark}</text></g>",
        y - 7
    )
}

fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrow(from: &str, to: &str, label: &str, is_answer: bool, is_bad: bool) -> Arrow {
        Arrow { from: from.to_owned(), to: to.to_owned(), label: label.to_owned(), is_answer, is_bad }
    }

    fn order() -> Vec<Arrow> {
        vec![
            arrow("EHR", "LIS", "OML^O21 P1", false, false),
            arrow("LIS", "EHR", "AA", true, false),
            arrow("LIS", "EHR", "ORU^R01: <late>", false, true),
        ]
    }

    #[test]
    fn mermaid_names_each_party_once() {
        let expected = "sequenceDiagram\n    participant p0 as EHR\n    participant p1 as LIS\n    \
                        p0->>p1: OML^O21 P1\n    p1-->>p0: AA\n    p1-xp0: ORU^R01   late \n";
        assert_eq!(mermaid(&order()), expected);
    }

    #[test]
    fn a_picture_says_the_same_and_runs_nothing() {
        let picture = svg(&order(), "a \"title\" <script>");
        assert_eq!(picture.matches("font-weight").count(), 2);
        assert_eq!(picture.matches("<g class").count(), 3);
        assert!(picture.contains("&lt;late&gt;") && !picture.contains("<script"));
        assert!(svg(&[], "nothing").ends_with("</svg>"));
    }
}
