use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use rquickjs::{Context, Ctx, Function, Persistent, Runtime, Value};

use super::fault::Fault;
use super::host::{Shared, functions};
use crate::limits::Limits;
use crate::run::Session;

const PRELUDE: &str = include_str!("prelude.js");
/// The name that scripts go by in JavaScript's own traces.
const SCRIPT: &str = "channel_step";

/// An engine with the scripts of one channel. Fields are dropped in this order: what was made in the runtime first.
pub(super) struct Engine {
    functions: BTreeMap<String, Persistent<Function<'static>>>,
    caller: Persistent<Function<'static>>,
    context: Context,
    #[expect(dead_code, reason = "the context lives in it")]
    runtime: Runtime,
    session: Shared,
    /// Slices of work that are left to the script at work.
    work: Rc<Cell<u32>>,
    work_max: u32,
}

impl Engine {
    /// An engine without scripts.
    pub(super) fn new(limits: &Limits) -> Result<Self, Fault> {
        let failed =
            |error: rquickjs::Error| Fault::limit(&format!("the engine did not start: {error}"), "try again");
        let runtime = Runtime::new().map_err(failed)?;
        runtime.set_memory_limit(limits.memory_bytes_max);
        runtime.set_max_stack_size(limits.stack_bytes_max);
        let work = Rc::new(Cell::new(limits.work_max));
        let left = Rc::clone(&work);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            left.set(left.get().saturating_sub(1));
            left.get() == 0
        })));
        let context = Context::full(&runtime).map_err(failed)?;
        let session: Shared = Rc::new(RefCell::new(Session::default()));
        let caller = context.with(|ctx| {
            let prelude: Function<'_> = ctx.eval(PRELUDE)?;
            let caller: Function<'_> = prelude.call((functions(&ctx, &session)?,))?;
            Ok(Persistent::save(&ctx, caller))
        });
        let caller = caller.map_err(failed)?;
        Ok(Self {
            functions: BTreeMap::new(),
            caller,
            context,
            runtime,
            session,
            work,
            work_max: limits.work_max,
        })
    }

    /// Compiles a script, unless it is already.
    pub(super) fn compile(&mut self, script: &str) -> Result<(), Fault> {
        if self.functions.contains_key(script) {
            return Ok(());
        }
        self.work.set(self.work_max);
        let function = self.context.with(|ctx| {
            // All on the first line, so that the lines of the script are the lines of the trace.
            let whole = format!(
                "(function(__c){{\"use strict\";let msg=__c.msg,tmp=__c.tmp;const message=__c.message;\
                 try{{__c.result=(function(){{{script}\n}})()}}finally{{__c.msg=msg;__c.tmp=tmp}}}})"
            );
            let mut options = rquickjs::context::EvalOptions::default();
            options.filename = Some(SCRIPT.to_owned());
            let compiled: rquickjs::Result<Function<'_>> = ctx.eval_with_options(whole, options);
            compiled
                .map(|function| Persistent::save(&ctx, function))
                .map_err(|error| self.fault(&ctx, &error))
        })?;
        self.functions.insert(script.to_owned(), function);
        Ok(())
    }

    /// Runs a script over the message in `session`, which is given back changed, and returns what the prelude says of
    /// its result.
    pub(super) fn run(&mut self, script: &str, session: &mut Session) -> Result<String, Fault> {
        self.compile(script)?;
        self.work.set(self.work_max);
        std::mem::swap(&mut *self.session.borrow_mut(), session);
        let done = self.call(script);
        std::mem::swap(&mut *self.session.borrow_mut(), session);
        done
    }

    fn call(&self, script: &str) -> Result<String, Fault> {
        let Some(function) = self.functions.get(script) else {
            return Err(Fault::limit("the script was not compiled", "deploy the channel again"));
        };
        let (now_ms, seed) = {
            let session = self.session.borrow();
            (session.now_us.div_euclid(1_000) as f64, (session.seed ^ (session.seed >> 32)) as u32)
        };
        self.context.with(|ctx| {
            let called = self.caller.clone().restore(&ctx).and_then(|caller| {
                let function = function.clone().restore(&ctx)?;
                caller.call((function, now_ms, f64::from(seed)))
            });
            called.map_err(|error| self.fault(&ctx, &error))
        })
    }

    /// Whether the engine met a limit and cannot be trusted to go on.
    pub(super) fn is_spent(&self) -> bool {
        self.work.get() == 0
    }

    fn fault(&self, ctx: &Ctx<'_>, error: &rquickjs::Error) -> Fault {
        if self.work.get() == 0 {
            return Fault::limit(
                "the script did not come to an end and was stopped",
                "look for a loop whose condition never becomes false",
            );
        }
        if !error.is_exception() {
            return Fault::limit(&error.to_string(), "look at what the script returns");
        }
        let thrown = ctx.catch();
        let (message, stack) = told(&thrown);
        if message.contains("out of memory") {
            // What a script cannot catch is final, and so is this: the engine is not used again.
            self.work.set(0);
            return Fault::limit(
                "the script used up its memory",
                "keep less, and build long texts piece by piece",
            );
        }
        Fault::thrown(&message, line_in(&stack))
    }
}

/// The message of what was thrown, and its trace.
fn told(thrown: &Value<'_>) -> (String, String) {
    if let Some(exception) = thrown.as_exception() {
        let name: String = exception.as_object().get("name").unwrap_or_default();
        let message = exception.message().unwrap_or_default();
        let message = if name.is_empty() || name == "Error" { message } else { format!("{name}: {message}") };
        return (message, exception.stack().unwrap_or_default());
    }
    let text = thrown.as_string().and_then(|text| text.to_string().ok());
    (text.unwrap_or_else(|| "something that is no Error was thrown".to_owned()), String::new())
}

/// The line of the script in a trace such as `at <anonymous> (channel_step:3:12)`.
fn line_in(stack: &str) -> Option<u32> {
    let marker = format!("{SCRIPT}:");
    let (_, after) = stack.split_once(&marker)?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
