use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;

use super::arena::Arena;
use super::call::{Call, Outcome};
use super::frame::Frame;
use super::meter::Meter;
use crate::ask::Surroundings;
use crate::problem::Problem;
use crate::syntax::{Expr, Kind};
use crate::value::{Collection, Item, Moment, Node, Plain};

/// What `trace()` was told.
pub(crate) struct Traced<'a> {
    pub(crate) name: String,
    pub(crate) items: Collection<'a>,
}

/// One evaluation.
pub(crate) struct Run<'a> {
    pub(crate) meter: Meter,
    /// The resource that `%resource` and contained references mean.
    pub(crate) resource: Node<'a>,
    /// What `%context` means.
    pub(crate) context: Item<'a>,
    pub(crate) variables: BTreeMap<String, Collection<'a>>,
    pub(crate) surroundings: Option<&'a dyn Surroundings>,
    pub(crate) arena: &'a Arena,
    /// Whether `valueQuantity` is understood although FHIRPath has no such name.
    pub(crate) takes_json_names: bool,
    /// What `now()` means, where it is known; it does not pass while an expression is evaluated.
    pub(crate) now: Option<Moment>,
    pub(crate) traces: RefCell<Vec<Traced<'a>>>,
    pub(crate) patterns: RefCell<BTreeMap<String, Regex>>,
}

impl<'a> Run<'a> {
    /// What an expression yields at a place.
    pub(crate) fn evaluate(&self, expr: &Expr, frame: &Frame<'_, 'a>) -> Outcome<'a> {
        self.meter.charge(1, expr.at)?;
        match &expr.kind {
            Kind::Empty | Kind::Type(_) => Ok(Vec::new()),
            Kind::Literal(plain) => Ok(vec![Item::Plain(plain.clone())]),
            Kind::This => Ok(frame.this.to_vec()),
            Kind::Index => Ok(frame
                .index
                .and_then(|index| i64::try_from(index).ok())
                .map(Item::from)
                .into_iter()
                .collect()),
            Kind::Total => Ok(frame.total.unwrap_or_default().to_vec()),
            Kind::Variable(name) => self.variable(name, frame, expr.at),
            Kind::Member(name) => self.first_member(name, frame.this, expr.at),
            Kind::Call(..) | Kind::At(_) => self.step(expr, frame.this.to_vec(), frame),
            Kind::Path(first, steps) => self.path(first, steps, frame),
            Kind::Negative(operand) => self.signed(operand, true, frame),
            Kind::Positive(operand) => self.signed(operand, false, frame),
            Kind::Sorted { by, .. } => self.evaluate(by, frame),
            Kind::Is(..) | Kind::As(..) | Kind::Binary(..) => self.chain(expr, frame),
        }
    }

    fn path(&self, first: &Expr, steps: &[Expr], frame: &Frame<'_, 'a>) -> Outcome<'a> {
        let mut frame = frame.clone();
        let mut items = self.evaluate(first, &frame)?;
        self.define(first, &mut frame, &items)?;
        for step in steps {
            let focus = items;
            if matches!(&step.kind, Kind::Call(function, _) if function.name == "defineVariable") {
                self.define(step, &mut frame, &focus)?;
                items = focus;
                continue;
            }
            items = self.step(step, focus, &frame)?;
            self.meter.items(items.len(), step.at)?;
        }
        Ok(items)
    }

    fn step(&self, step: &Expr, focus: Collection<'a>, frame: &Frame<'_, 'a>) -> Outcome<'a> {
        self.meter.charge(1 + focus.len(), step.at)?;
        match &step.kind {
            Kind::Member(name) => self.member(name, &focus, step.at),
            Kind::Call(function, given) => {
                (function.run)(&Call { run: self, name: function.name, focus, given, frame, at: step.at })
            }
            Kind::At(index) => {
                let index = self.evaluate(index, frame)?;
                match index.iter().map(Item::plain).collect::<Vec<_>>().as_slice() {
                    [Some(Plain::Integer(index))] => Ok(usize::try_from(*index)
                        .ok()
                        .and_then(|index| focus.into_iter().nth(index))
                        .into_iter()
                        .collect()),
                    [] => Ok(Vec::new()),
                    _ => Err(Problem::evaluation(step.at, "between [ and ] stands one whole number")),
                }
            }
            Kind::This => Ok(focus),
            _ => self.evaluate(step, frame),
        }
    }
}
