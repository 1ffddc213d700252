use crate::problem::Problem;
use crate::run::call::{Call, Outcome};
use crate::run::typed::{as_type, is_type, of_type};
use crate::syntax::{Kind, TypeName};
use crate::value::{Item, Plain};

pub(in crate::run) fn is_function<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    is_type(&call.focus, &wanted(call)?, call.at)
}

pub(in crate::run) fn as_function<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    as_type(call.focus.clone(), &wanted(call)?, call.at)
}

pub(in crate::run) fn of_type_function<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    of_type(call.focus.clone(), &wanted(call)?, call.at)
}

/// The type between the brackets, which may also be a text.
fn wanted(call: &Call<'_, '_>) -> Result<TypeName, Problem> {
    let text = match call.given.first().map(|expr| &expr.kind) {
        Some(Kind::Type(name)) => return Ok(name.clone()),
        Some(Kind::Literal(Plain::Text(text))) => text,
        _ => return Err(call.fails("takes the name of a type")),
    };
    let (namespace, name) =
        text.split_once('.').map_or((None, text.as_str()), |(space, name)| (Some(space), name));
    Ok(TypeName { namespace: namespace.map(str::to_owned), name: name.to_owned() })
}

pub(in crate::run) fn type_function<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let describe = |item: &Item<'a>| {
        let namespace = if matches!(item, Item::Plain(_)) { "System" } else { "FHIR" };
        Item::Plain(Plain::Type { namespace, name: item.type_name().to_owned() })
    };
    Ok(call.focus.iter().map(describe).collect())
}
