use super::fields::Fields;
use super::model::{Condition, DataType, Filter, Join, Lookup, Rule, RuleTest, Step, StepAct, Text};
use super::problem::Problem;
use super::tree::Table;

/// Rules or steps that one connector may have.
const STEPS_MAX: usize = 100;

/// The rules below `filter`.
pub(super) fn filter(fields: &mut Fields<'_>, data_type: DataType) -> Filter {
    let tables = fields.tables("filter");
    check_count(fields, tables.len(), "rules");
    let rules = tables.iter().enumerate().take(STEPS_MAX);
    let rules =
        rules.map(|(at, (table, line))| rule(table, *line, at + 1, data_type, fields.problems())).collect();
    Filter { rules }
}

/// The steps below `transformer`.
pub(super) fn transformer(fields: &mut Fields<'_>, data_type: DataType) -> Vec<Step> {
    let tables = fields.tables("transformer");
    check_count(fields, tables.len(), "steps");
    let steps = tables.iter().enumerate().take(STEPS_MAX);
    steps.map(|(at, (table, line))| step(table, *line, at + 1, data_type, fields.problems())).collect()
}

fn check_count(fields: &mut Fields<'_>, count: usize, what: &str) {
    if count > STEPS_MAX {
        let line = fields.line();
        fields.say(
            line,
            format!("{count} {what} are more than {STEPS_MAX}"),
            "put some of them into one script",
        );
    }
}

fn rule(table: &Table, line: u32, number: usize, data_type: DataType, problems: &mut Vec<Problem>) -> Rule {
    let mut fields = Fields::new(table, line, "a rule", problems);
    let is_script = fields.word("type", &[("Rule", false), ("JavaScript", true)]);
    let name = fields.optional("name").unwrap_or_else(|| format!("rule {number}"));
    let join = fields.word("operator", &[("AND", Join::And), ("OR", Join::Or)]);
    let test = if is_script {
        RuleTest::Script(script(&mut fields))
    } else {
        let path = path(&mut fields, "path", data_type);
        let conditions = [
            ("exists", Condition::Exists),
            ("not exist", Condition::NotExist),
            ("equals", Condition::Equals),
            ("not equal", Condition::NotEqual),
            ("contains", Condition::Contains),
            ("not contain", Condition::NotContain),
        ];
        let condition = fields.word("condition", &conditions);
        let values = fields.texts("values");
        if !matches!(condition, Condition::Exists | Condition::NotExist) && values.is_empty() {
            fields.say(line, "a rule compares with nothing", "add values = [\"…\"]");
        }
        RuleTest::Field { path, condition, values }
    };
    fields.close();
    Rule { name, join, test }
}

#[derive(Clone, Copy, PartialEq)]
enum StepKind {
    Script,
    Mapper,
    Builder,
    Fhir,
}

fn step(table: &Table, line: u32, number: usize, data_type: DataType, problems: &mut Vec<Problem>) -> Step {
    let mut fields = Fields::new(table, line, "a step", problems);
    let kinds = [
        ("JavaScript", StepKind::Script),
        ("Mapper", StepKind::Mapper),
        ("Message Builder", StepKind::Builder),
        ("V2 to FHIR", StepKind::Fhir),
    ];
    let kind = fields.word("type", &kinds);
    let name = fields.optional("name").unwrap_or_else(|| format!("step {number}"));
    let act = match kind {
        StepKind::Script => StepAct::Script(script(&mut fields)),
        StepKind::Mapper => StepAct::Mapper {
            variable: fields.required("variable"),
            path: path(&mut fields, "path", data_type),
            default: fields.optional("default").unwrap_or_default(),
            lookup: lookup(&mut fields),
        },
        StepKind::Builder => builder(&mut fields, data_type),
        StepKind::Fhir => StepAct::V2ToFhir,
    };
    fields.close();
    Step { name, act }
}

fn builder(fields: &mut Fields<'_>, data_type: DataType) -> StepAct {
    let path = path(fields, "path", data_type);
    let value = fields.optional("value");
    let from = fields.text("from");
    let line = fields.line();
    if let Some(from) = &from {
        check_path(fields, "from", from, data_type);
    }
    if value.is_some() == from.is_some() {
        fields.say(line, "a message builder has both `value` and `from`, or neither", "keep one of them");
    }
    StepAct::MessageBuilder { path, value, from: from.map(|from| from.text), lookup: lookup(fields) }
}

fn lookup(fields: &mut Fields<'_>) -> Option<Lookup> {
    let table = fields.optional("table");
    let column = fields.optional("column");
    Some(Lookup { table: table?, column: column.unwrap_or_else(|| "target".to_owned()) })
}

fn script(fields: &mut Fields<'_>) -> Text {
    let text = fields.text("script");
    if text.is_none() {
        let line = fields.line();
        fields.say(line, "a JavaScript step has no script", "add script = ''' … '''");
    }
    text.unwrap_or(Text { text: String::new(), line: fields.line() })
}

fn path(fields: &mut Fields<'_>, key: &'static str, data_type: DataType) -> String {
    let text = fields.text(key);
    match text {
        Some(text) => {
            check_path(fields, key, &text, data_type);
            text.text
        }
        None => {
            let line = fields.line();
            fields.say(line, format!("there is no `{key}`"), format!("add {key} = \"PID-5.1\""));
            String::new()
        }
    }
}

fn check_path(fields: &mut Fields<'_>, key: &str, text: &Text, data_type: DataType) {
    if data_type == DataType::Hl7V2 && crate::run::parse_path(&text.text).is_none() {
        let what = format!("`{key}` is \"{}\", which is no place in a message", text.text);
        fields.say(
            text.line,
            what,
            "write segment, field and component: PID-5.1, or OBX(2)-5 for the second OBX",
        );
    }
}
