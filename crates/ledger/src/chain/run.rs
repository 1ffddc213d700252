use revm::context::result::{ExecutionResult, Output, ResultAndState};
use revm::context::transaction::AccessList;
use revm::context::{BlockEnv, CfgEnv, TxEnv};
use revm::database::InMemoryDB;
use revm::handler::{MainnetContext, MainnetEvm};
use revm::primitives::hardfork::SpecId;
use revm::primitives::{Address, Bytes, Log, TxKind, U256, keccak256};
use revm::{Context, ExecuteCommitEvm, ExecuteEvm, MainBuilder, MainContext};

use super::limits::{BASE_FEE_WEI, BLOCK_GAS_MAX, CHAIN_ID, TX_GAS_MAX};
use super::signed::Signed;

/// A call that changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Who calls.
    pub from: Address,
    /// The contract; none to try making one.
    pub to: Option<Address>,
    /// What it carries along, in wei.
    pub value: U256,
    /// The call.
    pub input: Bytes,
    /// Gas at most; as much as there is, if not given.
    pub gas: Option<u64>,
}

/// What became of a transaction or call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it was carried out.
    pub success: bool,
    /// What it returned; where it was reverted, why.
    pub output: Bytes,
    /// Gas it took.
    pub gas_used: u64,
    /// The contract it made.
    pub created: Option<Address>,
    /// What stopped it, where that was not the contract itself: out of gas, a bad instruction.
    pub halted: Option<String>,
    pub(super) logs: Vec<Log>,
}

impl Outcome {
    /// What contracts told of.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }
}

/// The virtual machine of a block that is being made.
pub(super) type Machine<'a> = MainnetEvm<MainnetContext<&'a mut InMemoryDB>>;

/// Sets the machine up, which takes as long as several transactions do.
pub(super) fn machine(db: &mut InMemoryDB, number: u64, time_s: u64) -> Machine<'_> {
    let block = block(number, time_s, BASE_FEE_WEI);
    Context::mainnet().with_db(db).with_cfg(rules()).with_block(block).build_mainnet()
}

/// Carries a transaction out for good. What is refused changes nothing.
pub(super) fn commit(machine: &mut Machine<'_>, signed: &Signed) -> Result<Outcome, String> {
    let fields = &signed.fields;
    let tx = TxEnv {
        tx_type: fields.kind,
        caller: signed.from,
        gas_limit: fields.gas,
        gas_price: fields.max_fee_wei,
        gas_priority_fee: (fields.kind == 2).then_some(fields.tip_wei),
        kind: fields.to.map_or(TxKind::Create, TxKind::Call),
        value: fields.value,
        data: fields.input.clone(),
        nonce: fields.nonce,
        chain_id: Some(CHAIN_ID),
        access_list: fields.access_list.clone(),
        ..TxEnv::default()
    };
    machine.transact_commit(tx).map(outcome).map_err(|error| error.to_string())
}

/// Tries a call. It costs nothing, so that anybody may ask anything.
pub(super) fn call(db: &InMemoryDB, number: u64, time_s: u64, asked: &Request) -> Result<Outcome, String> {
    let context = Context::mainnet().with_ref_db(db).with_cfg(lenient()).with_block(block(number, time_s, 0));
    let done = context.build_mainnet().transact(tried(asked)).map_err(|error| error.to_string())?;
    let ResultAndState { result, .. } = done;
    Ok(outcome(result))
}

/// Carries a call out in a state that is nobody's. It costs nothing.
pub(super) fn carry_out(
    db: &mut InMemoryDB,
    number: u64,
    time_s: u64,
    asked: &Request,
) -> Result<Outcome, String> {
    let context = Context::mainnet().with_db(db).with_cfg(lenient()).with_block(block(number, time_s, 0));
    let done = context.build_mainnet().transact_commit(tried(asked)).map_err(|error| error.to_string())?;
    Ok(outcome(done))
}

pub(super) fn tried(asked: &Request) -> TxEnv {
    TxEnv {
        caller: asked.from,
        gas_limit: asked.gas.unwrap_or(TX_GAS_MAX).min(TX_GAS_MAX),
        kind: asked.to.map_or(TxKind::Create, TxKind::Call),
        value: asked.value,
        data: asked.input.clone(),
        chain_id: Some(CHAIN_ID),
        access_list: AccessList::default(),
        ..TxEnv::default()
    }
}

/// The rules, for calls that nobody has signed.
pub(super) fn lenient() -> CfgEnv {
    let mut rules = rules();
    rules.disable_nonce_check = true;
    rules
}

fn rules() -> CfgEnv {
    let mut rules = CfgEnv::new_with_spec(SpecId::PRAGUE);
    rules.chain_id = CHAIN_ID;
    rules.tx_gas_limit_cap = Some(TX_GAS_MAX);
    rules
}

pub(super) fn block(number: u64, time_s: u64, base_fee_wei: u64) -> BlockEnv {
    BlockEnv {
        number: U256::from(number),
        timestamp: U256::from(time_s),
        gas_limit: BLOCK_GAS_MAX,
        basefee: base_fee_wei,
        // What contracts get for chance: the same on every machine, and no secret.
        prevrandao: Some(keccak256(number.to_be_bytes())),
        ..BlockEnv::default()
    }
}

pub(super) fn outcome(done: ExecutionResult) -> Outcome {
    let gas_used = done.tx_gas_used();
    match done {
        ExecutionResult::Success { logs, output, .. } => {
            let created = match &output {
                Output::Create(_, created) => *created,
                Output::Call(_) => None,
            };
            Outcome { success: true, output: output.into_data(), gas_used, created, halted: None, logs }
        }
        ExecutionResult::Revert { output, .. } => {
            Outcome { success: false, output, gas_used, created: None, halted: None, logs: Vec::new() }
        }
        ExecutionResult::Halt { reason, .. } => Outcome {
            success: false,
            output: Bytes::new(),
            gas_used,
            created: None,
            halted: Some(format!("{reason:?}")),
            logs: Vec::new(),
        },
    }
}
