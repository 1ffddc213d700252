use alloy_dyn_abi::{DynSolType, DynSolValue, FunctionExt, JsonAbiExt};
use alloy_json_abi::Function;

use super::fault::AbiFault;
use super::words;
use crate::chain::Bytes;

/// Characters of a signature at most.
const CHARS_MAX: usize = 1000;

/// A function of a contract by its name and types, such as `allowed(address,address,uint32)(bool)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Function);

impl Signature {
    /// Reads a signature; what it returns may follow in brackets.
    ///
    /// # Errors
    /// [`AbiFault::Signature`].
    pub fn parse(text: &str) -> Result<Self, AbiFault> {
        let short = || text.chars().take(80).collect::<String>();
        let fault = |why: String| AbiFault::Signature { given: short(), why };
        if text.len() > CHARS_MAX {
            return Err(fault(format!("it is longer than {CHARS_MAX} characters")));
        }
        let function = Function::parse(text).map_err(|error| fault(error.to_string()))?;
        let mut params = function.inputs.iter().chain(&function.outputs);
        if let Some(param) = params.find(|param| DynSolType::parse(&param.selector_type()).is_err()) {
            return Err(fault(format!("there is no type `{}`", param.ty)));
        }
        Ok(Self(function))
    }

    /// A call with these arguments.
    ///
    /// # Errors
    /// [`AbiFault::Count`], [`AbiFault::Argument`].
    pub fn input(&self, arguments: &[String]) -> Result<Bytes, AbiFault> {
        let values = words::read(&self.0.name, &self.0.inputs, arguments)?;
        // The values have the types of the parameters, since they were read as such.
        let encoded = self.0.abi_encode_input(&values);
        encoded.map(Bytes::from).map_err(|error| self.odd(&error))
    }

    /// What came back, value by value.
    ///
    /// # Errors
    /// If it is not what the signature says.
    pub fn returned(&self, output: &[u8]) -> Result<Vec<String>, AbiFault> {
        Ok(self.values(output)?.iter().map(words::write).collect())
    }

    /// Whether what came back is what these texts say.
    ///
    /// # Errors
    /// If either is not what the signature says.
    pub fn returns(&self, output: &[u8], expected: &[String]) -> Result<bool, AbiFault> {
        Ok(self.values(output)? == words::read(&self.0.name, &self.0.outputs, expected)?)
    }

    fn values(&self, output: &[u8]) -> Result<Vec<DynSolValue>, AbiFault> {
        self.0.abi_decode_output(output).map_err(|error| self.odd(&error))
    }

    fn odd(&self, error: &dyn ToString) -> AbiFault {
        AbiFault::Signature { given: self.0.signature_with_outputs(), why: error.to_string() }
    }
}
