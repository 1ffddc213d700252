use revm::context::{Context, ContextTr, TxEnv};
use revm::database::InMemoryDB;
use revm::interpreter::{
    CallInputs, CallOutcome, CreateInputs, CreateOutcome, Gas, InstructionResult, InterpreterResult,
};
use revm::primitives::{Address, Bytes, U256};
use revm::{InspectEvm, Inspector, MainBuilder, MainContext};

use super::fault::ChainFault;
use super::run::{self, Outcome, Request};
use super::state::Chain;

/// Calls that are written down at most: with all its gas a call can make a hundred thousand.
const CALLS_MAX: usize = 1000;

/// A call that one contract makes of another, or somebody of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// How many calls it lies within.
    pub depth: usize,
    /// The instruction, such as `CALL` or `CREATE2`.
    pub kind: String,
    /// Who calls.
    pub from: Address,
    /// Who is called; of a contract that could not be made, none.
    pub to: Option<Address>,
    /// What it carries along, in wei.
    pub value: U256,
    /// What it asks.
    pub input: Bytes,
    /// What it returned; where it was reverted, why.
    pub output: Bytes,
    /// Gas that it may take.
    pub gas: u64,
    /// Gas that it took, with the calls within it.
    pub gas_used: u64,
    /// How it failed; none if it was carried out.
    pub failed: Option<String>,
}

impl Chain {
    /// Tries a call as [`Chain::call`] does, and tells of every call within it, in their order.
    ///
    /// # Errors
    /// If the virtual machine does not even begin it.
    pub fn trace(&self, asked: &Request, time_s: u64) -> Result<(Outcome, Vec<Call>), ChainFault> {
        let (number, time_s) = (self.head().number + 1, time_s.max(self.head().time_s));
        traced(&self.db, number, time_s, run::tried(asked)).map_err(ChainFault::Refused)
    }
}

fn traced(db: &InMemoryDB, number: u64, time_s: u64, tx: TxEnv) -> Result<(Outcome, Vec<Call>), String> {
    let block = run::block(number, time_s, 0);
    let context = Context::mainnet().with_ref_db(db).with_cfg(run::lenient()).with_block(block);
    let mut machine = context.build_mainnet_with_inspector(Recorder::default());
    let done = machine.inspect_tx(tx).map_err(|error| error.to_string())?;
    Ok((run::outcome(done.result), machine.inspector.calls))
}

/// Writes calls down as they begin and end.
#[derive(Debug, Default)]
struct Recorder {
    calls: Vec<Call>,
    /// Of every call that has not ended, its place, if it was written down.
    open: Vec<Option<usize>>,
}

impl Recorder {
    fn begin(&mut self, call: Call) {
        let is_kept = self.calls.len() < CALLS_MAX;
        self.open.push(is_kept.then_some(self.calls.len()));
        if is_kept {
            self.calls.push(Call { depth: self.open.len() - 1, ..call });
        }
    }

    fn end(&mut self, result: &InterpreterResult) -> Option<&mut Call> {
        let call = self.calls.get_mut(self.open.pop()??)?;
        call.output = result.output.clone();
        call.gas_used = spent(&result.gas);
        call.failed = failed(result.result);
        Some(call)
    }
}

fn spent(gas: &Gas) -> u64 {
    gas.limit().saturating_sub(gas.remaining())
}

/// How it failed, in the words of go-ethereum where it has some.
fn failed(result: InstructionResult) -> Option<String> {
    match result {
        _ if result.is_ok() => None,
        InstructionResult::Revert => Some("execution reverted".to_owned()),
        InstructionResult::OutOfGas => Some("out of gas".to_owned()),
        other => Some(format!("{other:?}")),
    }
}

impl<C: ContextTr> Inspector<C> for Recorder {
    fn call(&mut self, context: &mut C, inputs: &mut CallInputs) -> Option<CallOutcome> {
        self.begin(Call {
            depth: 0,
            kind: format!("{:?}", inputs.scheme).to_uppercase(),
            from: inputs.caller,
            to: Some(inputs.bytecode_address),
            value: inputs.value.get(),
            input: inputs.input.bytes(context),
            output: Bytes::new(),
            gas: inputs.gas_limit,
            gas_used: 0,
            failed: None,
        });
        None
    }

    fn call_end(&mut self, _: &mut C, _: &CallInputs, outcome: &mut CallOutcome) {
        self.end(&outcome.result);
    }

    fn create(&mut self, _: &mut C, inputs: &mut CreateInputs) -> Option<CreateOutcome> {
        self.begin(Call {
            depth: 0,
            kind: "CREATE".to_owned(),
            from: inputs.caller(),
            to: None,
            value: inputs.value(),
            input: inputs.init_code().clone(),
            output: Bytes::new(),
            gas: inputs.gas_limit(),
            gas_used: 0,
            failed: None,
        });
        None
    }

    fn create_end(&mut self, _: &mut C, _: &CreateInputs, outcome: &mut CreateOutcome) {
        let made = outcome.address;
        if let Some(call) = self.end(&outcome.result) {
            call.to = made;
        }
    }
}
