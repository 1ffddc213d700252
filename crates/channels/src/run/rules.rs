use super::outcome::Trouble;
use super::program::Program;
use super::session::{MSG, Session};
use crate::channel::{Condition, Filter, Join, Rule, RuleTest};
use crate::script::{self, Returned};

/// Whether the message goes on. Rules are joined from first to last; what is decided already is not asked again.
pub(super) fn accepts(
    program: &Program,
    session: &mut Session,
    filter: &Filter,
    connector: &str,
) -> Result<bool, Trouble> {
    let mut accepted = true;
    for (at, rule) in filter.rules.iter().enumerate() {
        let decided = match rule.join {
            Join::And => !accepted,
            Join::Or => at > 0 && accepted,
        };
        if !decided {
            accepted = holds(program, session, rule, connector)?;
        }
    }
    Ok(accepted)
}

fn holds(program: &Program, session: &mut Session, rule: &Rule, connector: &str) -> Result<bool, Trouble> {
    let place = || format!("{connector} filter, {}", rule.name);
    match &rule.test {
        RuleTest::Field { path, condition, values } => {
            let value =
                session.documents[MSG].as_ref().map_or(Ok(String::new()), |document| document.get(path));
            let value = value.map_err(|what| Trouble {
                place: place(),
                line: None,
                what,
                remedy: "correct the path of the rule".to_owned(),
            })?;
            Ok(compare(&value, *condition, values))
        }
        RuleTest::Script(text) => match script::run(program, session, text) {
            Ok(Returned::Flag(flag)) => Ok(flag),
            Ok(_) => Err(Trouble {
                place: place(),
                line: Some(text.line),
                what: "the rule returned neither true nor false".to_owned(),
                remedy: "end it with return true; or return false;".to_owned(),
            }),
            Err(fault) => Err(fault.trouble(place(), text)),
        },
    }
}

fn compare(value: &str, condition: Condition, values: &[String]) -> bool {
    let equal = || values.iter().any(|other| other == value);
    let within = || values.iter().any(|other| value.contains(other.as_str()));
    match condition {
        Condition::Exists => !value.is_empty(),
        Condition::NotExist => value.is_empty(),
        Condition::Equals => equal(),
        Condition::NotEqual => !equal(),
        Condition::Contains => within(),
        Condition::NotContain => !within(),
    }
}
