use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{first, id_of, number_at, text_at};
use crate::messages::value::{coded, moment, moment_of, person};
use crate::messages::{Event, Interface, MessageError};

/// The longest transaction number (FT1-2).
const NUMBER_CHARACTERS_MAX: usize = 12;

/// FT1 of every `ChargeItem`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn charges(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let charges: Vec<&Value> = event.all("ChargeItem").collect();
    if charges.is_empty() {
        return Err(MessageError::Missing { trigger: event.trigger.name, wanted: "ChargeItem" });
    }
    let line = |(at, charge): (usize, &Value)| {
        let done = text_at(charge, "occurrenceDateTime").map_or_else(|| moment_of(event.recorded_us), moment);
        let kind = if text_at(charge, "status") == Some("entered-in-error") { "CD" } else { "CG" };
        let performer = first(charge, "performer").and_then(|performer| performer.get("actor"));
        let quantity = charge.get("quantity").and_then(|quantity| number_at(quantity, "value"));
        let price = charge.get("priceOverride").and_then(price);
        Line::new("FT1")
            .with(1, (at + 1).to_string())
            .with(2, transaction_number(id_of(charge)))
            .with(4, done)
            .with(5, moment_of(event.recorded_us))
            .with(6, kind)
            .with(7, charge.get("code").map(|code| coded(interface, code)))
            .with(10, quantity.unwrap_or_else(|| "1".to_owned()))
            .with(12, price)
            .with(19, first(charge, "reason").map(|reason| coded(interface, reason)))
            .with(20, performer.map(|performer| person(interface, event, performer)))
    };
    Ok(charges.into_iter().enumerate().map(line).collect())
}

/// The id, or where it is too long a number made of it.
fn transaction_number(id: &str) -> String {
    if id.len() <= NUMBER_CHARACTERS_MAX {
        return id.to_owned();
    }
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:0NUMBER_CHARACTERS_MAX$x}", hash >> 16)
}

/// Money as a CP.
fn price(money: &Value) -> Option<Content> {
    let amount = Content::from(number_at(money, "value")?);
    let currency = Content::from(text_at(money, "currency"));
    Some([Content::from([amount, currency]), "UP".into()].into())
}
