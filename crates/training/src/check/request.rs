//! What has to be looked up before a check can be judged.

use serde_json::Value;

use super::{ledger, release};
use crate::lab::{
    Check, CheckKind, Filter, FlowMeasure, LedgerTest, Meter, Pattern, Protocol, Role, Tried, Truth,
};
use crate::text::{Escape, UnknownValue, Values, fill, fill_json, look_up};

/// One thing to look up.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A FHIR search in the sandbox, all pages; answered with [`crate::facts::Observed::Bundle`].
    Search {
        /// Type and query, such as `Patient?family=Okafor`.
        url: String,
    },
    /// Journal entries since the attempt was started or last reset; answered with
    /// [`crate::facts::Observed::Entries`], of which those that do not match the filter may be left out.
    Journal {
        /// Which entries matter; an entry matters if it matches any of these.
        filters: Vec<Filter>,
    },
    /// A request to the sandbox; answered with [`crate::facts::Observed::Reply`].
    Http {
        /// In whose name.
        role: Role,
        /// HTTP method, upper case.
        method: String,
        /// Path and query below the sandbox.
        path: String,
        /// JSON body.
        body: Option<Value>,
    },
    /// The messages that a system of this hospital has accepted, oldest first; answered with
    /// [`crate::facts::Observed::Messages`].
    Messages {
        /// The system's id, such as `LIS`.
        system: String,
    },
    /// The records of one kind that a system holds; answered with [`crate::facts::Observed::Records`].
    Records {
        /// The system's id, such as `LIS`.
        system: String,
        /// The kind, such as `patient`.
        kind: String,
    },
    /// Messages to be tried on a channel without sending anything; answered with
    /// [`crate::facts::Observed::Carried`].
    Try {
        /// The channel's name.
        channel: String,
        /// The messages, segments ended by CR.
        messages: Vec<String>,
    },
    /// Something to be tried with the newest token of an app; answered with [`crate::facts::Observed::Reached`].
    Reach {
        /// The name the app was registered under.
        app: String,
        /// What is tried.
        tried: Tried,
    },
    /// A question saved in the data lake, and SQL that answers the same; answered with
    /// [`crate::facts::Observed::Rows`].
    Rows {
        /// The name the question is saved under.
        question: String,
        /// The SQL of the truth.
        truth: String,
    },
    /// A saved question whose rows are to leave the house, to be attacked; answered with [`crate::facts::Observed::Released`].
    Release(Protocol),
    /// Orders that stand in no chart, to be held against the rules in force; answered with
    /// [`crate::facts::Observed::Interrupted`].
    Support {
        /// The orders, in the hospital's words.
        orders: Vec<Value>,
    },
    /// A meter of the incident; answered with [`crate::facts::Observed::Metered`].
    Meter(Meter),
    /// A figure of the learner's roster, on hidden days; answered with [`crate::facts::Observed::Metered`].
    Flow(FlowMeasure),
    /// A model that answers, at bedsides that chance draws; answered with [`crate::facts::Observed::AtBedside`].
    Bedside {
        /// The model's name.
        model: String,
        /// The feature without which there is no risk.
        needs: String,
    },
    /// A look at the chain, with every placeholder filled; answered with [`crate::facts::Observed::OnChain`].
    Chain(LedgerTest),
    /// Orders that stand in no chart, about to be signed: what do the learner's services say? Answered with
    /// [`crate::facts::Observed::Advised`].
    Advise {
        /// The hook to call them at.
        hook: String,
        /// The orders with all that is known of their patients, in the hospital's words.
        orders: Vec<Value>,
        /// Whether the services get what they asked to know beforehand.
        fetched: bool,
    },
    /// The learner's last answer to this check; answered with [`crate::facts::Observed::Answer`].
    Answer {
        /// The check that asks.
        check: String,
    },
}

/// What has to be looked up for a check, in order.
///
/// # Errors
/// A placeholder without a value; the content reader and the lab's proof make sure there is none.
pub fn requests(check: &Check, values: &Values) -> Result<Vec<Request>, UnknownValue> {
    Ok(match &check.kind {
        CheckKind::Fhir { search, for_each, .. } => rounds(for_each.as_deref(), values)?
            .iter()
            .map(|values| Ok(Request::Search { url: fill(search, values, Escape::Url)? }))
            .collect::<Result<_, UnknownValue>>()?,
        CheckKind::Journal { filter, expect } => {
            let mut filters = vec![place(filter, values)?];
            for step in &expect.order {
                filters.push(place(step, values)?);
            }
            vec![Request::Journal { filters }]
        }
        CheckKind::Http(probe) => vec![Request::Http {
            role: probe.role,
            method: probe.method.clone(),
            path: fill(&probe.path, values, Escape::Url)?,
            body: probe.body.as_ref().map(|body| fill_json(body, values)).transpose()?,
        }],
        CheckKind::Security(test) => vec![Request::Meter(test.meter)],
        CheckKind::Bedside(test) => vec![Request::Bedside {
            model: fill(&test.model, values, Escape::Plain)?,
            needs: fill(&test.needs, values, Escape::Plain)?,
        }],
        CheckKind::Flow(test) => vec![Request::Flow(test.measure)],
        CheckKind::Support(test) => {
            let orders = test.orders.iter().map(|hidden| fill_json(&hidden.order, values));
            vec![Request::Support { orders: orders.collect::<Result<_, _>>()? }]
        }
        CheckKind::Service(test) => {
            let orders = test.orders.iter().map(|hidden| fill_json(&hidden.order, values));
            vec![Request::Advise {
                hook: fill(&test.hook, values, Escape::Plain)?,
                orders: orders.collect::<Result<_, _>>()?,
                fetched: test.aspect.is_fetched(),
            }]
        }
        CheckKind::Message(test) => {
            let of_round = |values: &Values| {
                Ok(Request::Messages { system: fill(&test.system, values, Escape::Plain)? })
            };
            rounds(test.for_each.as_deref(), values)?
                .iter()
                .map(of_round)
                .collect::<Result<_, UnknownValue>>()?
        }
        CheckKind::Record(test) => {
            let of_round = |values: &Values| {
                let system = fill(&test.system, values, Escape::Plain)?;
                Ok(Request::Records { system, kind: test.holds.clone() })
            };
            rounds(test.for_each.as_deref(), values)?
                .iter()
                .map(of_round)
                .collect::<Result<_, UnknownValue>>()?
        }
        CheckKind::Rows(test) => {
            let truth = fill(&test.truth, values, Escape::Sql)?;
            vec![Request::Rows { question: fill(&test.question, values, Escape::Plain)?, truth }]
        }
        CheckKind::Release(test) => vec![Request::Release(release::filled(&test.protocol, values)?)],
        CheckKind::Reach(test) => {
            let of_round = |values: &Values| {
                let tried = match &test.tried {
                    Tried::Get(search) => Tried::Get(fill(search, values, Escape::Url)?),
                    Tried::May(scope) => Tried::May(fill(scope, values, Escape::Plain)?),
                };
                Ok(Request::Reach { app: fill(&test.app, values, Escape::Plain)?, tried })
            };
            rounds(test.for_each.as_deref(), values)?
                .iter()
                .map(of_round)
                .collect::<Result<_, UnknownValue>>()?
        }
        CheckKind::Channel(test) => {
            let messages = test.tries.iter().map(|one| {
                let filled = fill(one.message.trim(), values, Escape::Hl7)?;
                Ok(filled.lines().map(|line| format!("{}\r", line.trim())).collect())
            });
            let messages = messages.collect::<Result<_, UnknownValue>>()?;
            vec![Request::Try { channel: test.channel.clone(), messages }]
        }
        CheckKind::Ledger(test) => vec![Request::Chain(ledger::filled(test, values)?)],
        CheckKind::Answer { truth, .. } => {
            let mut requests = vec![Request::Answer { check: check.id.clone() }];
            if let Truth::Search { search, .. } = truth {
                requests.push(Request::Search { url: fill(search, values, Escape::Url)? });
            }
            requests
        }
    })
}

/// The values of each round of a `for_each`; one round without it.
pub(super) fn rounds(for_each: Option<&str>, values: &Values) -> Result<Vec<Values>, UnknownValue> {
    let Some(path) = for_each else { return Ok(vec![values.clone()]) };
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let found = values
        .get(name)
        .and_then(|value| rest.map_or_else(|| Some(value.clone()), |rest| look_up(value, rest)));
    let items = match found {
        Some(Value::Array(items)) => items,
        Some(one) => vec![one],
        None => return Err(UnknownValue { path: path.to_owned() }),
    };
    let with = |item| {
        let mut values = values.clone();
        values.insert("each".to_owned(), item);
        values
    };
    Ok(items.into_iter().map(with).collect())
}

/// A filter with the placeholders of its patterns filled.
pub(super) fn place(filter: &Filter, values: &Values) -> Result<Filter, UnknownValue> {
    let mut placed = Filter::default();
    for (field, wanted) in &filter.fields {
        placed.fields.insert(field.clone(), pattern(wanted, values)?);
    }
    Ok(placed)
}

/// A pattern with its placeholders filled.
pub(super) fn pattern(wanted: &Pattern, values: &Values) -> Result<Pattern, UnknownValue> {
    let filled = wanted.alternatives.iter().map(|text| fill(text, values, Escape::Plain));
    Ok(Pattern { negated: wanted.negated, alternatives: filled.collect::<Result<_, _>>()? })
}
