//! Steps and checks.

use super::fields::Fields;
use super::node::{Kind, Node};
use super::sink::Sink;
use super::{
    read_bedside, read_channel, read_flow, read_ledger, read_message, read_meter, read_reach, read_record,
    read_release, read_rows, read_service, read_support,
};
use crate::lab::{
    Check, CheckKind, Comparison, Duration, Filter, HttpProbe, JournalExpect, Modifier, Pattern, Role, Score,
    Step, Truth,
};

/// Reads one `[[step]]` with its checks.
pub(super) fn step(node: &Node, sink: &Sink) -> Step {
    let fields = Fields::new(node, "a step", sink);
    let step = Step {
        id: fields.need_text("id"),
        title: fields.need_text("title"),
        checks: fields.list("check").iter().filter_map(|node| check(node, sink)).collect(),
        place: fields.place.clone(),
    };
    if fields.list("check").is_empty() {
        sink.say(fields.place, "a step has no check", "add a [[step.check]], or drop the step");
    }
    fields.close();
    step
}

fn check(node: &Node, sink: &Sink) -> Option<Check> {
    let fields = Fields::new(node, "a check", sink);
    let modifier = fields.parsed("modifier", "must, bonus or never", modifier).unwrap_or(Modifier::Must);
    let id = fields.need_text("id");
    let kind_word = fields.need_text("kind");
    let kind = kind(&kind_word, modifier, &fields, sink);
    let title = match &kind {
        Some(CheckKind::Answer { ask, .. }) => fields.text("title").unwrap_or_else(|| ask.clone()),
        _ => fields.need_text("title"),
    };
    let duration = |key| fields.parsed(key, "a time such as `30 s`, `20 min` or `2 h`", Duration::parse);
    let hints = fields.texts("hint");
    let say = fields.text("say");
    help(&fields, modifier, &hints, say.as_deref(), sink);
    let (within, stable_for) = (duration("within"), duration("stable_for"));
    let place = fields.place.clone();
    fields.close();
    Some(Check { id, title, kind: kind?, modifier, hints, say, within, stable_for, place })
}

fn modifier(word: &str) -> Option<Modifier> {
    match word {
        "must" => Some(Modifier::Must),
        "bonus" => Some(Modifier::Bonus),
        "never" => Some(Modifier::Never),
        _ => None,
    }
}

/// Every check helps: a ladder of hints, or for a trap the explanation.
fn help(fields: &Fields<'_>, modifier: Modifier, hints: &[String], say: Option<&str>, sink: &Sink) {
    if modifier == Modifier::Never && say.is_none_or(|say| say.trim().is_empty()) {
        sink.say(
            fields.place,
            "a trap does not explain itself",
            "add `say`: what went wrong and why it matters",
        );
    }
    if modifier != Modifier::Never && hints.is_empty() {
        sink.say(
            fields.place,
            "a check has no hint",
            "add `hint`: a nudge, a pointer, a method, a worked step",
        );
    }
    if hints.len() > 4 {
        sink.say(
            fields.place,
            "a hint ladder has more than four rungs",
            "keep nudge, pointer, method, worked step",
        );
    }
    if hints.iter().any(|hint| hint.trim().is_empty()) {
        sink.say(fields.place, "a hint is empty", "say something that moves the learner on");
    }
}

fn kind(word: &str, modifier: Modifier, fields: &Fields<'_>, sink: &Sink) -> Option<CheckKind> {
    match word {
        "fhir" => Some(CheckKind::Fhir {
            search: fields.need_text("search"),
            for_each: fields.text("for_each"),
            expect: fields.need_text("expect"),
            observe: fields.text("observe"),
        }),
        "journal" => Some(CheckKind::Journal {
            filter: fields.need("where").map(|node| filter(node, sink)).unwrap_or_default(),
            expect: journal_expect(fields.node("expect"), modifier, sink),
        }),
        "http" => http(fields, sink).map(CheckKind::Http),
        "answer" => Some(CheckKind::Answer {
            ask: fields.need_text("ask"),
            truth: fields.need("truth").map_or(Truth::Value(String::new()), |node| truth(node, sink)),
            score: fields.parsed("score", "exact, f1 >= 0.9 or within 0.5", score).unwrap_or(Score::Exact),
            placeholder: fields.text("placeholder"),
        }),
        "support" => Some(CheckKind::Support(read_support::support(fields, sink))),
        "record" => Some(CheckKind::Record(read_record::record(fields, modifier, sink))),
        "rows" => Some(CheckKind::Rows(read_rows::rows(fields, sink))),
        "release" => read_release::release(fields, sink).map(CheckKind::Release),
        "reach" => Some(CheckKind::Reach(read_reach::reach(fields))),
        "channel" => Some(CheckKind::Channel(read_channel::channel(fields, sink))),
        "security" => read_meter::meter(fields).map(CheckKind::Security),
        "ledger" => read_ledger::ledger(fields, sink).map(CheckKind::Ledger),
        "bedside" => read_bedside::bedside(fields).map(CheckKind::Bedside),
        "flow" => read_flow::flow(fields).map(CheckKind::Flow),
        "service" => Some(CheckKind::Service(read_service::service(fields, sink))),
        "message" => Some(CheckKind::Message(read_message::message(fields, modifier, sink))),
        _ => {
            if let Some(field) = fields.field("kind") {
                let what = format!("there is no check of kind `{word}`");
                sink.say(
                    &field.node.place,
                    what,
                    "write fhir, journal, http, support, message, record, rows, release, channel, reach, security, ledger, service, flow, bedside or answer",
                );
            }
            None
        }
    }
}

fn filter(node: &Node, sink: &Sink) -> Filter {
    let Kind::Table(table) = &node.kind else {
        sink.say(&node.place, "a filter must be a table", "write { kind = \"fhir.update\" }");
        return Filter::default();
    };
    let mut filter = Filter::default();
    for (name, field) in table {
        if !Filter::FIELDS.contains(&name.as_str()) && !name.starts_with("detail.") {
            let known = Filter::FIELDS.join(", ");
            let what = format!("a journal entry has no field `{name}`");
            sink.say(&field.key, what, format!("write one of: {known}, or \"detail.NAME\" in quotes"));
        }
        match &field.node.kind {
            Kind::Text(text) => {
                filter.fields.insert(name.clone(), Pattern::parse(text));
            }
            _ => sink.say(
                &field.node.place,
                format!("the pattern of `{name}` must be a text"),
                "put it in quotes",
            ),
        }
    }
    filter
}

fn journal_expect(node: Option<&Node>, modifier: Modifier, sink: &Sink) -> JournalExpect {
    let default = if modifier == Modifier::Never { "= 0" } else { ">= 1" };
    let count =
        Comparison::parse(default).unwrap_or(Comparison { operator: crate::lab::Operator::Equal, count: 0 });
    let mut expect = JournalExpect { count, order: Vec::new(), within: None };
    let Some(node) = node else { return expect };
    let fields = Fields::new(node, "what a journal check expects", sink);
    expect.count =
        fields.parsed("count", "a bound such as `>= 1` or `= 0`", Comparison::parse).unwrap_or(count);
    expect.order = fields.list("order").iter().map(|node| filter(node, sink)).collect();
    expect.within = fields.parsed("within", "a time such as `20 min`", Duration::parse);
    fields.close();
    expect
}

fn http(fields: &Fields<'_>, sink: &Sink) -> Option<HttpProbe> {
    let role = role(fields);
    let method =
        fields.parsed("method", "GET, POST, PUT or DELETE", method).unwrap_or_else(|| "GET".to_owned());
    let path = fields.need_text("path");
    let body = fields.node("body").map(Node::to_json);
    let expect = Fields::new(fields.need("expect")?, "what an http check expects", sink);
    let status = expect.need("status").and_then(|_| expect.whole("status", 100, 599));
    let over_body = expect.text("body");
    expect.close();
    let status = u16::try_from(status?).ok()?;
    Some(HttpProbe { role, method, path, body, status, expect: over_body })
}

/// The `as` of a probe or an action; the learner when absent.
pub(super) fn role(fields: &Fields<'_>) -> Role {
    let words = Role::ALL.map(Role::word).join(", ");
    let parse = |word: &str| Role::ALL.into_iter().find(|role| role.word() == word);
    fields.parsed("as", &format!("one of: {words}"), parse).unwrap_or(Role::Learner)
}

/// An HTTP method.
pub(super) fn method(word: &str) -> Option<String> {
    ["GET", "POST", "PUT", "DELETE"].contains(&word).then(|| word.to_owned())
}

fn truth(node: &Node, sink: &Sink) -> Truth {
    if let Kind::Text(text) = &node.kind {
        return Truth::Value(text.clone());
    }
    let fields = Fields::new(node, "a truth", sink);
    let truth = Truth::Search { search: fields.need_text("search"), value: fields.need_text("value") };
    fields.close();
    truth
}

fn score(text: &str) -> Option<Score> {
    let fraction = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if text == "exact" {
        return Some(Score::Exact);
    }
    if let Some(rest) = text.strip_prefix("f1 >=") {
        return fraction(rest).filter(|bound| (0.0..=1.0).contains(bound)).map(Score::F1AtLeast);
    }
    fraction(text.strip_prefix("within ")?).filter(|bound| *bound >= 0.0).map(Score::Within)
}
