use crate::contents::{Contents, Lane, Step};

/// The board as Markdown under a title. What people wrote is set as text: characters that Markdown or HTML would read as marks are escaped.
#[must_use]
pub fn markdown(title: &str, contents: &Contents) -> String {
    let mut page = vec![format!("# {}", line(title))];
    if contents.is_empty() {
        page.push("Nothing stands on this board.".to_owned());
    }
    if !contents.notes.trim().is_empty() {
        page.push("## Notes".to_owned());
        page.push(contents.notes.lines().map(line).collect::<Vec<_>>().join("  \n"));
    }
    if !contents.cards.is_empty() {
        page.push("## Cards".to_owned());
    }
    for lane in Lane::ALL {
        let cards: Vec<String> = contents
            .cards
            .iter()
            .filter(|card| card.lane == lane)
            .map(|card| format!("- {}", line(&card.text)))
            .collect();
        if !cards.is_empty() {
            page.push(format!("### {}", lane.title()));
            page.push(cards.join("\n"));
        }
    }
    if !contents.steps.is_empty() {
        page.push("## Process".to_owned());
        let steps = contents.steps.iter().enumerate();
        page.push(steps.map(|(at, step)| step_line(contents, at, step)).collect::<Vec<_>>().join("\n"));
    }
    if !contents.columns.is_empty() {
        page.push("## Table".to_owned());
        let row = |cells: &[String]| {
            format!("| {} |", cells.iter().map(|one| line(one)).collect::<Vec<_>>().join(" | "))
        };
        let rule = format!("|{}", " --- |".repeat(contents.columns.len()));
        let rows = contents.rows.iter().map(|cells| row(cells));
        page.push([row(&contents.columns), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n"));
    }
    page.join("\n\n") + "\n"
}

/// A step with where it leads, by the numbers of the steps.
fn step_line(contents: &Contents, at: usize, step: &Step) -> String {
    let mut text = format!("{}. {}: {}", at + 1, step.kind.title(), line(&step.label));
    if !step.who.is_empty() {
        text.push_str(&format!(" ({})", line(&step.who)));
    }
    for link in contents.links.iter().filter(|link| link.from == step.id) {
        let to = contents.steps.iter().position(|one| one.id == link.to).map_or(0, |place| place + 1);
        let when = if link.when.is_empty() { String::new() } else { format!(" when {}", line(&link.when)) };
        text.push_str(&format!("\n   - leads to {to}, {}{when}", line(contents.label(&link.to))));
    }
    text
}

/// Words as one line of plain text.
fn line(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_{}[]()#+-!|<>&~".contains(char) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}
