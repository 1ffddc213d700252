//! Evaluation for the rest of the house.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use standards::fhir::path::{FhirPath, PathError};

use crate::answer::{Places, found, limit, traces};
use crate::ask::{Answer, Question};
use crate::check::check;
use crate::outline::outline;
use crate::problem::Problem;
use crate::run::{Arena, Frame, Meter, Run, is_defined};
use crate::syntax::{Parsed, parse};
use crate::value::{Collection, Item, Moment, Node};

/// Expressions kept parsed. The labs use some hundreds.
const CACHED_MAX: usize = 2_000;

/// Items of a context.
const CONTEXTS_MAX: usize = 500;

/// Evaluates FHIRPath; cheap to share between threads.
#[derive(Default)]
pub struct Engine {
    parsed: Mutex<BTreeMap<String, Arc<Parsed>>>,
    clock: Option<Clock>,
}

/// Tells the time, in microseconds since 1970 UTC.
type Clock = Box<dyn Fn() -> i64 + Send + Sync>;

impl fmt::Debug for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine that has read nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a clock for `now()`, in microseconds since 1970 UTC. Without one, whoever calls
    /// [`FhirPath::evaluate`] gives the time as the variable `now`.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { clock: Some(Box::new(clock)), ..self }
    }

    /// Reads an expression without evaluating it, so that content can be checked before it is used.
    ///
    /// # Errors
    /// [`PathError::Syntax`], [`PathError::TooLarge`], or [`PathError::Evaluation`] for an unknown function.
    pub fn check(&self, expression: &str) -> Result<(), PathError> {
        self.parsed(expression).map(|_| ()).map_err(|problem| problem.of_expression(expression))
    }

    /// The tree of an expression as JSON, with types, names and places of its nodes.
    ///
    /// # Errors
    /// A [`Problem`] when it cannot be read.
    pub fn outline(&self, expression: &str) -> Result<Value, Problem> {
        let parsed = self.parsed(expression).map_err(|problem| problem.in_characters(expression))?;
        Ok(outline(&parsed.root))
    }

    /// Evaluates an expression for each item of its context, and says of what type the results are
    /// and where they stand.
    ///
    /// # Errors
    /// A [`Problem`] with its place in the expression.
    pub fn ask(&self, question: &Question<'_>) -> Result<Vec<Answer>, Problem> {
        let arena = Arena::default();
        let mut run = new_run(question, &arena);
        let places = Places::of(question.input);
        let contexts = match question.context {
            None => vec![run.context.clone()],
            Some(context) => self.collection(&run, context, question)?,
        };
        if contexts.len() > CONTEXTS_MAX {
            return Err(Problem::limit(0, format!("{CONTEXTS_MAX} items of context")));
        }
        let mut answers = Vec::new();
        for context in contexts {
            run.context = context;
            run.traces.borrow_mut().clear();
            let items = self.collection(&run, question.expression, question)?;
            answers.push(Answer {
                context: question.context.and_then(|_| places.find(&run.context)),
                items: items.iter().map(|item| found(item, &places)).collect(),
                traces: traces(run.traces.take(), &places),
            });
        }
        Ok(answers)
    }

    /// Evaluates an expression at one place, and looks at the result.
    pub(crate) fn with_items<'a, T>(
        &self,
        question: &Question<'a>,
        context: Item<'a>,
        look: impl FnOnce(&[Item<'_>]) -> T,
    ) -> Result<T, Problem> {
        let arena = Arena::default();
        let mut run = new_run(question, &arena);
        run.context = context;
        Ok(look(&self.collection(&run, question.expression, question)?))
    }

    fn collection<'a>(
        &self,
        run: &Run<'a>,
        expression: &str,
        question: &Question<'_>,
    ) -> Result<Collection<'a>, Problem> {
        let evaluate = || {
            let parsed = self.parsed(expression)?;
            let unknown =
                |(name, _): &&(String, usize)| !is_defined(name) && !run.variables.contains_key(name);
            if let Some((name, at)) = parsed.variables.iter().find(unknown) {
                return Err(Problem::meaning(*at, format!("the variable %{name} is not given")));
            }
            if question.strict {
                check(&parsed.root, &run.context)?;
            }
            let this = std::slice::from_ref(&run.context);
            let items = run.evaluate(&parsed.root, &Frame { this, index: None, total: None, scope: None })?;
            limit(&items, &run.meter)?;
            Ok(items)
        };
        evaluate().map_err(|problem: Problem| problem.in_characters(expression))
    }

    pub(crate) fn parsed(&self, expression: &str) -> Result<Arc<Parsed>, Problem> {
        let cache = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parsed) = cache().get(expression) {
            return Ok(Arc::clone(parsed));
        }
        let parsed = Arc::new(parse(expression)?);
        let mut cache = cache();
        if cache.len() >= CACHED_MAX {
            cache.clear();
        }
        cache.insert(expression.to_owned(), Arc::clone(&parsed));
        Ok(parsed)
    }
}

pub(crate) fn new_run<'a>(question: &Question<'a>, arena: &'a Arena) -> Run<'a> {
    let resource = Node::of(question.input);
    let variables = question.variables.iter().map(|(name, json)| ((*name).to_owned(), Item::all_of(json)));
    Run {
        meter: Meter::new(),
        resource,
        context: Item::Node(resource),
        variables: variables.collect(),
        surroundings: question.surroundings,
        arena,
        takes_json_names: false,
        now: Some(Moment::of_us(question.now_us)),
        traces: RefCell::default(),
        patterns: RefCell::default(),
    }
}

impl FhirPath for Engine {
    /// Names of JSON such as `valueQuantity` are understood here, because labs have always used them.
    /// `now()` is the variable `now` where it is given, otherwise the time of the engine's clock.
    fn evaluate(
        &self,
        expression: &str,
        input: &Value,
        variables: &[(&str, Value)],
    ) -> Result<Vec<Value>, PathError> {
        let arena = Arena::default();
        let question = Question {
            expression,
            context: None,
            input,
            variables,
            now_us: 0,
            strict: false,
            surroundings: None,
        };
        let mut run = new_run(&question, &arena);
        run.takes_json_names = true;
        run.now = given_now(variables).or_else(|| self.clock.as_ref().map(|clock| Moment::of_us(clock())));
        let items = self
            .collection(&run, expression, &question)
            .map_err(|problem| problem.of_expression(expression))?;
        Ok(items.iter().map(Item::to_json).collect())
    }
}

fn given_now(variables: &[(&str, Value)]) -> Option<Moment> {
    let (_, value) = variables.iter().find(|(name, _)| *name == "now")?;
    Moment::date_time(value.as_str()?)
}
