use alloy_dyn_abi::{EventExt, JsonAbiExt};
use alloy_json_abi::{JsonAbi, Param};
use serde_json::Value;

use super::fault::AbiFault;
use super::words;
use crate::chain::{B256, Bytes};

/// Bytes of an interface at most.
const BYTES_MAX: usize = 64 * 1024;

/// What a compiler says of a contract: its functions, events and errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface(JsonAbi);

/// Something on a chain in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The function, event or error.
    pub name: String,
    /// Its values, each after its name; a name may be empty.
    pub values: Vec<(String, String)>,
}

impl Interface {
    /// Reads the `abi` that a compiler writes.
    ///
    /// # Errors
    /// [`AbiFault::Interface`].
    pub fn parse(abi: &Value) -> Result<Self, AbiFault> {
        let text = abi.to_string();
        if text.len() > BYTES_MAX {
            return Err(AbiFault::Interface(format!("it has more than {BYTES_MAX} bytes")));
        }
        JsonAbi::from_json_str(&text).map(Self).map_err(|error| AbiFault::Interface(error.to_string()))
    }

    /// A contract's code with the arguments of its constructor behind it.
    ///
    /// # Errors
    /// [`AbiFault::Count`], [`AbiFault::Argument`].
    pub fn construct(&self, code: &[u8], arguments: &[String]) -> Result<Bytes, AbiFault> {
        let inputs = self.0.constructor.as_ref().map_or(&[][..], |made| &made.inputs);
        let values = words::read("constructor", inputs, arguments)?;
        let mut input = code.to_vec();
        if let Some(constructor) = &self.0.constructor {
            let encoded = constructor.abi_encode_input(&values);
            input.extend(encoded.map_err(|error| AbiFault::Interface(error.to_string()))?);
        }
        Ok(input.into())
    }

    /// A call in words, if it is one of this contract.
    pub fn call(&self, input: &[u8]) -> Option<Told> {
        let (selector, rest) = input.split_first_chunk::<4>()?;
        let function = self.0.function_by_selector(selector.into())?;
        let values = function.abi_decode_input(rest).ok()?;
        Some(told(&function.name, &function.inputs, values.iter().map(words::write)))
    }

    /// An event in words, if it is one of this contract.
    pub fn event(&self, topics: &[B256], data: &[u8]) -> Option<Told> {
        let event = self.0.events().find(|event| Some(&event.selector()) == topics.first())?;
        let decoded = event.decode_log_parts(topics.iter().copied(), data).ok()?;
        let (mut indexed, mut body) = (decoded.indexed.iter(), decoded.body.iter());
        let values: Option<Vec<(String, String)>> = event
            .inputs
            .iter()
            .map(|input| {
                let value = if input.indexed { indexed.next() } else { body.next() };
                Some((input.name.clone(), words::write(value?)))
            })
            .collect();
        Some(Told { name: event.name.clone(), values: values? })
    }
}

fn told(name: &str, params: &[Param], values: impl Iterator<Item = String>) -> Told {
    let values = params.iter().map(|param| param.name.clone()).zip(values).collect();
    Told { name: name.to_owned(), values }
}
