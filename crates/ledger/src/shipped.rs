//! Contracts that ship, as the compiler built them of the sources beside them (`contracts/`).

use serde_json::Value;

/// Every contract that ships: its name, what the compiler built, and its source.
pub const CONTRACTS: [(&str, &str, &str); 2] = [
    ("Consent", include_str!("../contracts/Consent.json"), include_str!("../contracts/Consent.sol")),
    ("Register", include_str!("../contracts/Register.json"), include_str!("../contracts/Register.sol")),
];

/// What the compiler built of a contract that ships: `abi` and `bytecode`.
pub fn built(name: &str) -> Option<Value> {
    let (_, built, _) = CONTRACTS.into_iter().find(|(shipped, ..)| *shipped == name)?;
    serde_json::from_str(built).ok()
}
