//! Trying a contract in situations that its author has not seen: what it does is judged, never how it is written.

use crate::abi::{AbiFault, Signature};
use crate::chain::{Address, Chain, ChainFault, Fork, Outcome, Request, TestKey, keccak256};

/// One thing somebody does to a contract, and what must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who does it: the number of a test account.
    pub from: u32,
    /// What, as a signature; for a question with what it returns.
    pub call: String,
    /// Its arguments; see [`argument`].
    pub with: Vec<String>,
    /// How long before it, in seconds.
    pub after_s: u64,
    /// What must come of it.
    pub expect: Expect,
}

/// What must come of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// It is carried out.
    Done,
    /// It is carried out, and an event of this signature is told.
    Tells(String),
    /// It is refused, and changes nothing.
    Refused,
    /// It is a question, with these answers.
    Gives(Vec<String>),
}

/// Why a situation could not be tried. A contract that does the wrong thing is not that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrialFault {
    /// A deed is no call.
    #[error(transparent)]
    Abi(#[from] AbiFault),
    /// The virtual machine did not begin it.
    #[error(transparent)]
    Chain(#[from] ChainFault),
    /// There is no such test account.
    #[error("there is no test account {0}")]
    Account(u32),
}

/// A contract on trial, as it was when it was made, on a copy of the chain: what its author did with it since must not decide
/// how it is judged.
pub struct Trial {
    fork: Fork,
    contract: Address,
}

impl Trial {
    /// Makes the contract again, by the same transaction of the same account. None if it is none that a transaction made.
    ///
    /// # Errors
    /// If the virtual machine does not begin it.
    pub fn of(chain: &Chain, contract: Address, time_s: u64) -> Result<Option<Self>, TrialFault> {
        let Some(made) = chain.all_included().find(|tx| tx.created == Some(contract)) else {
            return Ok(None);
        };
        let fields = &made.signed.fields;
        let (value, input) = (fields.value, fields.input.clone());
        let mut fork = chain.fork(time_s);
        let again = fork.send(&Request { from: made.signed.from, value, input, ..Request::default() })?;
        Ok(again.created.map(|contract| Self { fork, contract }))
    }

    /// Tries a situation, and returns the place of the first deed of which something else came. Each situation begins with
    /// the contract as it was made.
    ///
    /// # Errors
    /// If a deed is none.
    pub fn situation(&self, deeds: &[Deed]) -> Result<Option<usize>, TrialFault> {
        let mut fork = self.fork.clone();
        let began_s = fork.time_s();
        for (at, deed) in deeds.iter().enumerate() {
            fork.wait(deed.after_s);
            if !did(&mut fork, self.contract, began_s, deed)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

fn did(fork: &mut Fork, contract: Address, began_s: u64, deed: &Deed) -> Result<bool, TrialFault> {
    let signature = Signature::parse(&deed.call)?;
    let with: Vec<String> = deed.with.iter().map(|text| argument(text, began_s)).collect();
    let from = account(deed.from).ok_or(TrialFault::Account(deed.from))?;
    let asked = Request { from, to: Some(contract), input: signature.input(&with)?, ..Request::default() };
    if let Expect::Gives(answers) = &deed.expect {
        let answers: Vec<String> = answers.iter().map(|text| argument(text, began_s)).collect();
        let outcome = fork.ask(&asked)?;
        // What a contract gives that is not what was asked for is a wrong answer, not a wrong question.
        return Ok(outcome.success && signature.returns(&outcome.output, &answers).unwrap_or(false));
    }
    let outcome = fork.send(&asked)?;
    Ok(match &deed.expect {
        Expect::Refused => !outcome.success,
        Expect::Tells(event) => outcome.success && tells(&outcome, contract, event),
        Expect::Done | Expect::Gives(_) => outcome.success,
    })
}

fn tells(outcome: &Outcome, contract: Address, event: &str) -> bool {
    let topic = keccak256(event);
    outcome.logs().iter().any(|log| log.address == contract && log.topics().first() == Some(&topic))
}

/// What stands for an argument: `@3` is the address of test account 3, `+3600` the second an hour from `now_s`, and everything
/// else itself.
pub fn argument(text: &str, now_s: u64) -> String {
    let numbered = |digits: &str| account(digits.parse().ok()?);
    if let Some(address) = text.strip_prefix('@').and_then(numbered) {
        return address.to_string();
    }
    match text.strip_prefix('+').and_then(|seconds| seconds.parse::<u64>().ok()) {
        Some(seconds) => now_s.saturating_add(seconds).to_string(),
        None => text.to_owned(),
    }
}

/// The address of a test account.
pub fn account(number: u32) -> Option<Address> {
    let key = TestKey::all().get(usize::try_from(number).ok()?);
    key.map(TestKey::address)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::chain::{B256, Scan};
    use crate::rpc::{Asked, Filters, RpcError, answer};
    use crate::shipped;

    fn rpc(chain: &mut Chain, method: &str, param: serde_json::Value) -> Result<serde_json::Value, RpcError> {
        let answered =
            answer(chain, &mut Filters::default(), Asked { method, params: &[param], time_s: 100 });
        chain.mine(100);
        answered
    }

    fn deployed(chain: &mut Chain, name: &str) -> Address {
        let made = rpc(chain, "practicum_deploy", json!({"from": 0, "built": shipped::built(name)})).unwrap();
        let address: Address = made["address"].as_str().unwrap().parse().unwrap();
        assert!(!chain.code(address).is_empty());
        address
    }

    fn deed(from: u32, call: &str, with: &[&str], expect: Expect) -> Deed {
        let with = with.iter().map(|text| (*text).to_owned()).collect();
        Deed { from, call: call.to_owned(), with, after_s: 0, expect }
    }

    fn yes() -> Expect {
        Expect::Gives(vec!["true".to_owned()])
    }

    #[test]
    fn a_situation_is_played_on_a_copy_with_its_own_time() {
        let mut chain = Chain::begin(50);
        let contract = deployed(&mut chain, "Consent");
        let grant = "grant(address,uint32,uint64)";
        let granted = Expect::Tells("Granted(address,address,uint32,uint64)".to_owned());
        let ask = |expect| deed(3, "allowed(address,address,uint32)(bool)", &["@1", "@2", "1"], expect);
        let deeds = [
            ask(Expect::Gives(vec!["false".to_owned()])),
            deed(1, grant, &["@2", "3", "+3600"], granted),
            ask(yes()),
            deed(2, "revoke(address)", &["@2"], Expect::Refused),
            Deed { after_s: 3600, ..ask(Expect::Gives(vec!["false".to_owned()])) },
        ];
        // What the author has done with the contract meanwhile is not what is tried.
        let own = json!({"from": 1, "to": contract, "call": grant, "with": ["@2", "1", "+864000"]});
        rpc(&mut chain, "practicum_send", own).unwrap();
        let trial = Trial::of(&chain, contract, 100).unwrap().unwrap();
        assert_eq!(trial.situation(&deeds), Ok(None));
        assert_eq!(trial.situation(&deeds[2..]), Ok(Some(0)), "nothing was kept");
        let unanswered = [deed(1, "nothing(uint8)(bool)", &["1"], yes())];
        assert_eq!(trial.situation(&unanswered), Ok(Some(0)));
        let bad = [deed(1, "grant(house)", &[], Expect::Done)];
        assert!(matches!(trial.situation(&bad), Err(TrialFault::Abi(_))));
        let stranger = [deed(99, "revoke(address)", &["@2"], Expect::Done)];
        assert_eq!(trial.situation(&stranger), Err(TrialFault::Account(99)));
        assert!(Trial::of(&chain, Address::ZERO, 100).unwrap().is_none());
    }

    #[test]
    fn contracts_are_asked_in_words() {
        let mut chain = Chain::begin(50);
        let register = deployed(&mut chain, "Register");
        let mark = B256::repeat_byte(7).to_string();
        let call =
            |call: &str, from: u32| json!({"from": from, "to": register, "call": call, "with": [mark]});
        assert_eq!(
            rpc(&mut chain, "practicum_ask", call("has(bytes32)(bool)", 1)).unwrap(),
            json!(["false"])
        );
        let refused = rpc(&mut chain, "practicum_send", call("enter(bytes32)", 1)).unwrap_err();
        assert_eq!((refused.code, refused.message.contains("only the owner")), (3, true));
        rpc(&mut chain, "practicum_send", call("enter(bytes32)", 0)).unwrap();
        assert_eq!(rpc(&mut chain, "practicum_ask", call("has(bytes32)(bool)", 1)).unwrap(), json!(["true"]));
        for bad in [
            json!(null),
            json!({"from": 12}),
            json!({"from": 0, "built": {}}),
            json!({"from": 0, "built": {"abi": [], "bytecode": "0x"}}),
            json!({"from": 0, "built": {"abi": [], "bytecode": "0x00"}, "with": 7}),
        ] {
            assert!(rpc(&mut chain, "practicum_deploy", bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_word_is_found_as_text_and_as_a_hash_and_nowhere_else() {
        let mut chain = Chain::begin(50);
        let register = deployed(&mut chain, "Register");
        let words = ["MRN-00417".to_owned(), "Okafor".to_owned(), "ab".to_owned()];
        assert!(Scan::of(&words).find(&chain).is_empty());
        let enter = |mark: B256| json!({"from": 0, "to": register, "call": "enter(bytes32)", "with": [mark.to_string()]});
        rpc(&mut chain, "practicum_send", enter(keccak256("mrn-00417"))).unwrap();
        let found = Scan::of(&words).find(&chain);
        assert!(
            !found.is_empty() && found.iter().all(|found| found.word == 0 && found.form == "as a hash of it")
        );
        let mut text = [0; 32];
        text[3..9].copy_from_slice(b"Okafor");
        rpc(&mut chain, "practicum_send", enter(B256::from(text))).unwrap();
        assert!(Scan::of(&words).find(&chain).iter().any(|found| (found.word, found.form) == (1, "as text")));
    }
}
