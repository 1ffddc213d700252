use crate::run::Frame;
use crate::run::call::{Call, Outcome};
use crate::run::seen::Seen;
use crate::value::{Collection, Item};

pub(in crate::run) fn select<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut found = Vec::new();
    for (index, item) in call.focus.iter().enumerate() {
        found.extend(call.each(0, item, index)?);
        call.meter().items(found.len().min(index + 1), call.at)?;
    }
    call.meter().items(found.len(), call.at)?;
    Ok(found)
}

/// Follows a projection until it finds nothing new.
pub(in crate::run) fn repeat<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut seen = Seen::default();
    let mut found: Collection<'a> = Vec::new();
    let mut waiting = call.focus.clone();
    while !waiting.is_empty() {
        let mut next = Vec::new();
        for (index, item) in waiting.iter().enumerate() {
            for new in call.each(0, item, index)? {
                if seen.add(&new, call.meter(), call.at)? {
                    next.push(new);
                }
            }
        }
        found.extend(next.iter().cloned());
        call.meter().items(found.len(), call.at)?;
        waiting = next;
    }
    Ok(found)
}

/// The same without looking for repetitions; only the limits end what goes in circles.
pub(in crate::run) fn repeat_all<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut found: Collection<'a> = Vec::new();
    let mut waiting = call.focus.clone();
    while !waiting.is_empty() {
        let mut next = Vec::new();
        for (index, item) in waiting.iter().enumerate() {
            next.extend(call.each(0, item, index)?);
            call.meter().items(found.len() + next.len(), call.at)?;
        }
        found.extend(next.iter().cloned());
        waiting = next;
    }
    Ok(found)
}

pub(in crate::run) fn aggregate<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut total = call.argument(1)?;
    for (index, item) in call.focus.iter().enumerate() {
        let frame = Frame {
            this: std::slice::from_ref(item),
            index: Some(index),
            total: Some(&total),
            scope: call.frame.scope.clone(),
        };
        let Some(expr) = call.given.first() else { break };
        let next = call.run.evaluate(expr, &frame)?;
        call.meter().items(next.len(), call.at)?;
        total = next;
    }
    Ok(total)
}

pub(in crate::run) fn children<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut found = Vec::new();
    for item in &call.focus {
        if let Item::Node(node) = item {
            node.children(&mut found);
            call.meter().items(found.len(), call.at)?;
        }
    }
    Ok(found)
}

pub(in crate::run) fn descendants<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut found: Collection<'a> = Vec::new();
    let mut waiting = call.focus.clone();
    while !waiting.is_empty() {
        let mut next = Vec::new();
        for item in &waiting {
            if let Item::Node(node) = item {
                node.children(&mut next);
            }
        }
        found.extend(next.iter().cloned());
        call.meter().items(found.len(), call.at)?;
        waiting = next;
    }
    Ok(found)
}

/// The steps behind it see the variable, which is the business of the path; what it is called on passes.
pub(in crate::run) fn define_variable<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.run.definition(call)?;
    Ok(call.focus.clone())
}
