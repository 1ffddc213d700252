//! Values as texts.

use alloy_dyn_abi::{DynSolType, DynSolValue};
use alloy_json_abi::Param;

use super::fault::AbiFault;

/// Values of the types of `params`, read from texts.
pub(super) fn read(name: &str, params: &[Param], texts: &[String]) -> Result<Vec<DynSolValue>, AbiFault> {
    if params.len() != texts.len() {
        let (wanted, given) = (params.len(), texts.len());
        return Err(AbiFault::Count { name: name.to_owned(), wanted, given });
    }
    let one = |(place, (param, text)): (usize, (&Param, &String))| {
        let kind = param.selector_type().into_owned();
        let value = DynSolType::parse(&kind).and_then(|sort| sort.coerce_str(text));
        let fault =
            |_| AbiFault::Argument { name: name.to_owned(), place, kind: kind.clone(), given: short(text) };
        value.map_err(fault)
    };
    (1..).zip(params.iter().zip(texts)).map(one).collect()
}

/// A value as a text that is read again as the same.
pub(super) fn write(value: &DynSolValue) -> String {
    let list = |items: &[DynSolValue]| items.iter().map(write).collect::<Vec<_>>().join(", ");
    match value {
        DynSolValue::Bool(yes) => yes.to_string(),
        DynSolValue::Int(number, _) => number.to_string(),
        DynSolValue::Uint(number, _) => number.to_string(),
        DynSolValue::FixedBytes(word, size) => revm::primitives::hex::encode_prefixed(&word[..*size]),
        DynSolValue::Address(address) => address.to_string(),
        DynSolValue::Function(function) => function.to_string(),
        DynSolValue::Bytes(bytes) => revm::primitives::hex::encode_prefixed(bytes),
        DynSolValue::String(text) => text.clone(),
        DynSolValue::Array(items) | DynSolValue::FixedArray(items) => format!("[{}]", list(items)),
        DynSolValue::Tuple(items) => format!("({})", list(items)),
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
