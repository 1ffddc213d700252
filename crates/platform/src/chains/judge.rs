//! What a lab's checks ask of a chain. Nothing here changes it: contracts are tried on copies.

use std::sync::PoisonError;

use ledger::chain::{Address, Chain, Request, Scan};
use ledger::trial::{self, Deed, Expect, Trial};
use training::facts::OnChain;
use training::lab::{self, Come, LedgerTest};

use super::contracts::contracts;
use crate::access::Access;
use crate::platform::Platform;
use crate::vault;

/// Looks at the chain of a sandbox for a check.
///
/// # Errors
/// Why it could not be looked at, in plain words.
pub(crate) fn observe(platform: &Platform, access: &Access, test: &LedgerTest) -> Result<OnChain, String> {
    let open = platform.chains.of(access.sandbox()).map_err(in_words)?;
    let open = open.lock().unwrap_or_else(PoisonError::into_inner);
    let chain = &open.chain;
    let now_s = u64::try_from(access.virtual_us() / 1_000_000).unwrap_or_default();
    let newest = |number: &String| newest_of(chain, number);
    match test {
        LedgerTest::Cases { deployed_by, cases } => {
            let Some(contract) = newest(deployed_by)? else { return Ok(OnChain::NoContract) };
            let trial = Trial::of(chain, contract, now_s).map_err(in_words)?;
            let Some(trial) = trial else { return Ok(OnChain::NoContract) };
            let tried = cases.iter().map(|case| {
                let deeds = case.deeds.iter().map(deed).collect::<Result<Vec<_>, _>>()?;
                trial.situation(&deeds).map_err(|error| format!("line {}: {error}", case.place.line))
            });
            Ok(OnChain::Tried(tried.collect::<Result<_, _>>()?))
        }
        LedgerTest::Absent { words } => {
            let found = Scan::of(words).find(chain);
            Ok(OnChain::Found(
                found.into_iter().map(|one| format!("{} in {}", one.form, one.place)).collect(),
            ))
        }
        LedgerTest::Contracts { .. } => Ok(OnChain::Count(contracts(chain).count() as u64)),
        LedgerTest::Opens { deployed_by, call, kept, erased } => {
            let Some(contract) = newest(deployed_by)? else { return Ok(OnChain::NoContract) };
            let vault = vault::Vault::of(access.sandbox()).map_err(in_words)?;
            let opens = |named: &String| {
                let (name, value) = split(named)?;
                let Some(commitment) = vault.open(name, value) else { return Ok(false) };
                has(chain, contract, call, &commitment, now_s)
            };
            let leads = |named: &String| {
                let (name, value) = split(named)?;
                let mut scan = Scan::of(&[value.to_owned()]);
                // Whatever salt is left in the vault may be tried on it.
                vault.every(value).iter().for_each(|known| scan.add(0, "as a hash of it", known));
                Ok(vault.open(name, value).is_some() || !scan.find(chain).is_empty())
            };
            Ok(OnChain::Opened {
                kept: kept.iter().map(opens).collect::<Result<_, String>>()?,
                erased: erased.iter().map(leads).collect::<Result<_, String>>()?,
            })
        }
    }
}

/// The newest contract that a test account deployed itself.
fn newest_of(chain: &Chain, number: &str) -> Result<Option<Address>, String> {
    let account = number.parse().ok().and_then(trial::account);
    let account = account.ok_or_else(|| format!("there is no test account {number}"))?;
    Ok(contracts(chain).filter(|(by, _)| *by == account).map(|(_, contract)| contract).last())
}

fn has(
    chain: &Chain,
    contract: Address,
    call: &str,
    commitment: &[u8; 32],
    now_s: u64,
) -> Result<bool, String> {
    let signature = ledger::abi::Signature::parse(call).map_err(in_words)?;
    let hex = format!("0x{}", data_encoding::HEXLOWER.encode(commitment));
    let input = signature.input(&[hex]).map_err(in_words)?;
    let asked = Request { to: Some(contract), input, ..Request::default() };
    let outcome = chain.call(&asked, now_s).map_err(in_words)?;
    Ok(outcome.success && signature.returns(&outcome.output, &["true".to_owned()]).unwrap_or(false))
}

fn deed(given: &lab::Deed) -> Result<Deed, String> {
    Ok(Deed {
        from: given.by.parse().map_err(|_| format!("there is no test account {}", given.by))?,
        call: given.call.clone(),
        with: given.with.clone(),
        after_s: given.after.map_or(0, |after| u64::try_from(after.us / 1_000_000).unwrap_or_default()),
        expect: match &given.expect {
            Come::Done => Expect::Done,
            Come::Refused => Expect::Refused,
            Come::Tells(event) => Expect::Tells(event.clone()),
            Come::Gives(answers) => Expect::Gives(answers.clone()),
        },
    })
}

fn split(named: &str) -> Result<(&str, &str), String> {
    named.split_once(' ').ok_or_else(|| format!("`{named}` is no NAME VALUE"))
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
