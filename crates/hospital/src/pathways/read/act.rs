//! `do`: what happens in a state.

use std::collections::BTreeMap;

use super::codes;
use super::guard::when;
use super::node::{Node, Value};
use super::state::target;
use super::table::{Reader, Table};
use super::values::{choose, law, number, slot, weight, word};
use crate::calendar::{HOUR_US, MINUTE_US};
use crate::codes::{diagnosis, drug, note, procedure, report, substance, test, vaccine, visit, vital};
use crate::pathways::{Act, Arm, Finding, Law, Number, Shift, Way};
use crate::play::{Line, Service};
use crate::population::{Panel, Specialty, Test, Unit, lab_test};
use crate::writer::Disposition;

type Names = BTreeMap<String, usize>;

/// The words of `do`.
const DOINGS: [&str; 29] = [
    "wait",
    "branch",
    "set",
    "visit",
    "arrive",
    "admit",
    "transfer",
    "stay",
    "leave",
    "die",
    "diagnose",
    "problem",
    "signs",
    "brief-signs",
    "pressure",
    "measure",
    "smoking",
    "score",
    "lab",
    "panel",
    "find",
    "study",
    "prescribe",
    "course",
    "procedure",
    "immunise",
    "allergy",
    "note",
    "readmit",
];

const LINES: [(&str, Line); 5] = [
    ("medical", Line::Medical),
    ("surgical", Line::Surgical),
    ("maternal", Line::Maternal),
    ("newborn", Line::Newborn),
    ("psychiatric", Line::Psychiatric),
];

const WAYS: [(&str, Disposition); 5] = [
    ("home", Disposition::Home),
    ("skilled-nursing", Disposition::SkilledNursing),
    ("rehabilitation", Disposition::Rehabilitation),
    ("against-advice", Disposition::AgainstAdvice),
    ("hospice", Disposition::Hospice),
];

/// What the state does; `None` after a mistake.
pub(super) fn act(reader: &Reader<'_>, table: &mut Table<'_>, names: &Names) -> Option<Act> {
    table.need("do", "say what happens in the state, such as `do = \"visit\"`");
    let (line, doing) = table.text("do")?;
    Some(match doing.as_str() {
        "wait" => Act::Wait,
        "end" => Act::End,
        "die" => Act::Die,
        "birth" => Act::Birth,
        "measure" => Act::Measure,
        "smoking" => Act::Smoking,
        "branch" => Act::Branch(arms(reader, table, names)),
        "readmit" => {
            table.need("to", "name the state they come back in");
            Act::Readmit(target(reader, table, "to", names)?)
        }
        "set" => {
            table.need("slot", "name what is remembered, such as \"level\"");
            let slot = slot(table, "slot");
            let number = need_number(reader, table, "value");
            Act::Set { slot: slot?, number: number? }
        }
        "visit" => visit(table)?,
        "arrive" => arrive(reader, table)?,
        "admit" => admit(table)?,
        "transfer" => Act::Transfer(unit(table)?),
        "stay" => Act::Stay { shift: shift(table), daily: daily(reader, table) },
        "leave" => Act::Leave(ways(reader, table)),
        "diagnose" => diagnose(table)?,
        "problem" => Act::Problem(codes::code(table, "code", diagnosis::ALL)?),
        "signs" => Act::Signs { shift: shift(table), brief: false },
        "brief-signs" => Act::Signs { shift: shift(table), brief: true },
        "pressure" => Act::Pressure(table.number("pressure", -100.0, 100.0).unwrap_or(0.0)),
        "score" => {
            let code = codes::code(table, "code", vital::ALL);
            let score = need_number(reader, table, "score");
            Act::Score { code: code?, score: score? }
        }
        "lab" => {
            let test = codes::test(table, "test");
            let mean = table.node("mean").and_then(|node| number(reader, node, "mean"));
            Act::Lab { test: test?, mean, urgent: table.flag("urgent") }
        }
        "panel" => panel(reader, table)?,
        "find" => {
            let code = codes::code(table, "test", test::ALL);
            let takes = law(table, "takes").unwrap_or(Law::Between(20 * MINUTE_US, 60 * MINUTE_US));
            Act::Find { code: code?, takes, findings: findings(reader, table) }
        }
        "study" => study(reader, table)?,
        "prescribe" => prescription(table, true)?,
        "course" => prescription(table, false)?,
        "procedure" => {
            let code = codes::code(table, "code", procedure::ALL);
            table.need("minutes", "write how long it takes");
            let minutes = table.number("minutes", 1.0, 1440.0);
            Act::Procedure { code: code?, minutes: minutes? as i64 }
        }
        "immunise" => immunise(reader, table),
        "allergy" => allergy(reader, table)?,
        "note" => {
            let code = codes::code(table, "kind", note::ALL);
            let text = table.need_text("text", "write the note");
            Act::Note { code: code?, text: text?.split_whitespace().collect::<Vec<_>>().join(" ").into() }
        }
        other => {
            let all: Vec<(&str, ())> =
                DOINGS.iter().chain(&["birth", "end"]).map(|word| (*word, ())).collect();
            choose(reader, line, "do", other, &all);
            return None;
        }
    })
}

fn need_number(reader: &Reader<'_>, table: &mut Table<'_>, key: &'static str) -> Option<Number> {
    table.need(key, "write a number, `{ mean = 7.3, spread = 0.8 }`, or `{ of = \"level\" }`");
    table.node(key).and_then(|node| number(reader, node, key))
}

fn unit(table: &mut Table<'_>) -> Option<Unit> {
    let units: Vec<(&'static str, Unit)> = Unit::all().map(|unit| (unit.label(), unit)).collect();
    table.need("unit", "write what its door says, such as \"4W\"");
    word(table, "unit", &units)
}

fn visit(table: &mut Table<'_>) -> Option<Act> {
    let kinds: Vec<(&'static str, &'static crate::codes::Code)> =
        visit::ALL.iter().map(|code| (code.code, code)).collect();
    let unit = unit(table);
    table.need("type", "write the kind of visit, such as \"follow-up\"");
    let kind = word(table, "type", &kinds);
    let reason = codes::code(table, "reason", diagnosis::ALL);
    let minutes = table.number("minutes", 1.0, 600.0).unwrap_or(20.0) as i64;
    Some(Act::Visit { unit: unit?, kind: kind?, reason: reason?, minutes })
}

fn arrive(reader: &Reader<'_>, table: &mut Table<'_>) -> Option<Act> {
    let reason = codes::code(table, "reason", diagnosis::ALL);
    let levels = table.list("acuity");
    let weights: Vec<f64> = levels.iter().filter_map(|level| reader.number(level, "acuity")).collect();
    let acuity = match (levels.len(), <[f64; 5]>::try_from(weights)) {
        // The shares of all arrivals.
        (0, _) => [1.0, 12.0, 50.0, 30.0, 7.0],
        (_, Ok(weights))
            if weights.iter().all(|weight| *weight >= 0.0) && weights.iter().any(|weight| *weight > 0.0) =>
        {
            weights
        }
        _ => {
            reader.say(
                table.line,
                "`acuity` has not five weights",
                "write the weights of levels 1 to 5, such as [0, 20, 60, 20, 0]",
            );
            return None;
        }
    };
    Some(Act::Arrive { reason: reason?, acuity })
}

fn admit(table: &mut Table<'_>) -> Option<Act> {
    let unit = unit(table);
    table.need("line", "write medical, surgical, maternal, newborn or psychiatric");
    let line = word(table, "line", &LINES);
    let reason = codes::code(table, "reason", diagnosis::ALL);
    table.need("days", "write how long a stay is, such as \"about 5 days, 2 to 16\"");
    let days = law(table, "days");
    let unit = unit?;
    Some(Act::Admit { unit, specialty: specialty(unit), line: line?, reason: reason?, days: days? })
}

/// Who looks after those who lie in a unit.
fn specialty(unit: Unit) -> Specialty {
    match unit {
        Unit::Emergency => Specialty::EmergencyMedicine,
        Unit::West5 | Unit::Theatre | Unit::Recovery => Specialty::Surgery,
        Unit::East5 => Specialty::Orthopedics,
        Unit::StepDown | Unit::HeartClinic => Specialty::Cardiology,
        Unit::IntensiveCare => Specialty::CriticalCare,
        Unit::Delivery | Unit::Postpartum | Unit::WomensClinic => Specialty::Obstetrics,
        Unit::Pediatrics | Unit::Nursery | Unit::ChildrensClinic => Specialty::Pediatrics,
        Unit::Psychiatry => Specialty::Psychiatry,
        Unit::PrimaryCare => Specialty::FamilyMedicine,
        Unit::West4 | Unit::East4 => Specialty::HospitalMedicine,
    }
}

fn shift(table: &mut Table<'_>) -> Shift {
    Shift {
        fever: table.number("fever", -5.0, 5.0).unwrap_or(0.0),
        pulse: table.number("pulse", -100.0, 100.0).unwrap_or(0.0),
        breaths: table.number("breaths", -20.0, 40.0).unwrap_or(0.0),
        oxygen: table.number("oxygen", -5.0, 40.0).unwrap_or(0.0),
        pressure: table.number("pressure", -100.0, 100.0).unwrap_or(0.0),
    }
}

fn daily(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<&'static Panel> {
    let panel = |node: Node| {
        let line = node.line;
        codes::panel(reader, line, &reader.text(node, "daily")?)
    };
    table.list("daily").into_iter().filter_map(panel).collect()
}

fn arms(reader: &Reader<'_>, table: &mut Table<'_>, names: &Names) -> Vec<Arm> {
    table.need("arms", "write the ways, such as `arms = [{ to = \"home\", weight = 9 }, { to = \"ward\" }]`");
    let arm = |node: Node| {
        let mut table = reader.table(node, "an arm")?;
        table.need("to", "name the state it leads to");
        let to = target(reader, &mut table, "to", names);
        let arm = Arm { weight: weight(&mut table), when: when(&mut table), to: to? };
        table.done();
        Some(arm)
    };
    table.list("arms").into_iter().filter_map(arm).collect()
}

fn ways(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<Way> {
    let Some(to) = table.table("to") else {
        return Vec::new();
    };
    let way = |(key, node): (String, Node)| {
        let disposition = choose(reader, node.line, "to", &key, &WAYS)?;
        let weight = reader.number(&node, &key).filter(|weight| (0.0..1e6).contains(weight))?;
        Some(Way { disposition, weight })
    };
    to.rest().into_iter().filter_map(way).collect()
}

fn diagnose(table: &mut Table<'_>) -> Option<Act> {
    let code = codes::code(table, "code", diagnosis::ALL);
    let (lasts, longer) = (law(table, "lasts"), law(table, "longer"));
    Some(Act::Diagnose { code: code?, lasts, complication: table.flag("complication"), longer })
}

fn panel(reader: &Reader<'_>, table: &mut Table<'_>) -> Option<Act> {
    table.need("panel", "write the code of a panel, such as \"58410-2 CBC\"");
    let (line, text) = table.text("panel")?;
    let panel = codes::panel(reader, line, &text);
    let means = table.table("means").map(|means| means.rest()).unwrap_or_default();
    let mean = |(key, node): (String, Node)| {
        let code = codes::find(reader, node.line, &key, test::ALL)?;
        let test: Option<&'static Test> = lab_test(code.code);
        let is_run = panel.is_none_or(|panel| panel.tests.iter().any(|test| test.code == code));
        if !is_run {
            reader.say(
                node.line,
                format!("the panel does not run {}", code.code),
                "order it as `do = \"lab\"`",
            );
        }
        Some((test?, number(reader, node, "means")?))
    };
    let means = means.into_iter().filter_map(mean).collect();
    Some(Act::Panel { panel: panel?, means, urgent: table.flag("urgent") })
}

fn study(reader: &Reader<'_>, table: &mut Table<'_>) -> Option<Act> {
    let code = codes::code(table, "study", report::ALL)?;
    let (service, usual) = if *code == report::ECG {
        (Service::Cardiology, Law::Between(4 * MINUTE_US, 9 * MINUTE_US))
    } else {
        (Service::Radiology, Law::Between(40 * MINUTE_US, 2 * HOUR_US))
    };
    let takes = law(table, "takes").unwrap_or(usual);
    Some(Act::Study { code, service, takes, conclusions: findings(reader, table) })
}

/// What may be found: one text, or several with their weights.
fn findings(reader: &Reader<'_>, table: &mut Table<'_>) -> Vec<Finding> {
    table.need(
        "says",
        "write what is found, or a list such as `says = [{ words = \"No growth\", weight = 3 }]`",
    );
    let nodes = match table.node("says") {
        Some(Node { value: Value::Text(words), .. }) => return vec![plain(words)],
        Some(Node { value: Value::List(nodes), .. }) => nodes,
        Some(node) => {
            reader.say(node.line, format!("`says` is {}", node.value.kind()), "write a text or a list");
            Vec::new()
        }
        None => Vec::new(),
    };
    let finding = |node: Node| {
        let mut table = reader.table(node, "a finding")?;
        let words = table.need_text("words", "write what is found");
        let finding = (weight(&mut table), table.flag("abnormal"));
        table.done();
        Some(Finding { words: words?.into(), weight: finding.0, abnormal: finding.1 })
    };
    let mut found: Vec<Finding> = nodes.into_iter().filter_map(finding).collect();
    if found.is_empty() {
        found.push(plain(String::new()));
    }
    found
}

fn plain(words: String) -> Finding {
    Finding { words: words.into(), weight: 1.0, abnormal: false }
}

fn prescription(table: &mut Table<'_>, lasting: bool) -> Option<Act> {
    let drug = codes::code(table, "drug", drug::ALL);
    let sig = table.need_text("sig", "write how it is taken");
    Some(Act::Drug { drug: drug?, sig: sig?.into(), lasting })
}

fn immunise(reader: &Reader<'_>, table: &mut Table<'_>) -> Act {
    table.need("vaccines", "write a list of CVX codes, such as [\"140 Influenza\"]");
    let read = |node: Node| {
        let line = node.line;
        codes::find(reader, line, &reader.text(node, "vaccines")?, vaccine::ALL)
    };
    Act::Immunise(table.list("vaccines").into_iter().filter_map(read).collect())
}

fn allergy(reader: &Reader<'_>, table: &mut Table<'_>) -> Option<Act> {
    const CATEGORIES: [(&str, &str); 3] =
        [("medication", "medication"), ("food", "food"), ("environment", "environment")];
    table.need("category", "write medication, food or environment");
    let category = word(table, "category", &CATEGORIES);
    let reaction = table.need_text("reaction", "write what it does, such as \"Hives\"");
    let substance = match table.text("words") {
        Some((_, words)) => Some(Err(words.into())),
        None => {
            table.need("substance", "write the code of an ingredient, or `words`");
            let (line, text) = table.text("substance")?;
            codes::find(reader, line, &text, substance::ALL).map(Ok)
        }
    };
    Some(Act::Allergy { substance: substance?, category: category?, reaction: reaction?.into() })
}
