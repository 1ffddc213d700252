use super::evaluator::Run;
use super::frame::Frame;
use super::logic::truth;
use super::meter::Meter;
use crate::problem::Problem;
use crate::syntax::Expr;
use crate::value::{Collection, Decimal, Item, Plain, Quantity};

/// A function being called.
pub(crate) struct Call<'c, 'a> {
    pub(super) run: &'c Run<'a>,
    /// Its name, for messages.
    pub(super) name: &'static str,
    /// What it is called on.
    pub(super) focus: Collection<'a>,
    /// What was written between its brackets.
    pub(super) given: &'c [Expr],
    pub(super) frame: &'c Frame<'c, 'a>,
    pub(super) at: usize,
}

/// What evaluating yields.
pub(crate) type Outcome<'a> = Result<Collection<'a>, Problem>;

impl<'c, 'a> Call<'c, 'a> {
    pub(super) fn meter(&self) -> &'c Meter {
        &self.run.meter
    }

    pub(super) fn fails(&self, reason: impl AsRef<str>) -> Problem {
        Problem::evaluation(self.at, format!("{}(): {}", self.name, reason.as_ref()))
    }

    /// A parameter that does not depend on the items of the focus; empty when it is not given.
    pub(super) fn argument(&self, position: usize) -> Outcome<'a> {
        self.given.get(position).map_or(Ok(Vec::new()), |expr| self.run.evaluate(expr, self.frame))
    }

    /// A parameter evaluated for one item of the focus.
    pub(super) fn each(&self, position: usize, item: &Item<'a>, index: usize) -> Outcome<'a> {
        let Some(expr) = self.given.get(position) else { return Ok(Vec::new()) };
        let frame = Frame {
            this: std::slice::from_ref(item),
            index: Some(index),
            total: self.frame.total,
            scope: self.frame.scope.clone(),
        };
        self.run.evaluate(expr, &frame)
    }

    /// Whether a criterion holds for one item; unknown does not hold.
    pub(super) fn holds(&self, position: usize, item: &Item<'a>, index: usize) -> Result<bool, Problem> {
        Ok(truth(&self.each(position, item, index)?, self.at)? == Some(true))
    }

    /// The one item of the focus, if there is one.
    pub(super) fn one(&self) -> Result<Option<&Item<'a>>, Problem> {
        match self.focus.as_slice() {
            [] => Ok(None),
            [item] => Ok(Some(item)),
            items => Err(self.fails(format!("works on one item, and there are {}", items.len()))),
        }
    }

    /// The one value of the focus; things that are no value are none.
    pub(super) fn value(&self) -> Result<Option<Plain>, Problem> {
        Ok(self.one()?.and_then(Item::plain))
    }

    /// The one text of the focus.
    pub(super) fn text(&self) -> Result<Option<String>, Problem> {
        self.text_of(self.one()?)
    }

    /// The one number of the focus.
    pub(super) fn number(&self) -> Result<Option<Decimal>, Problem> {
        let Some(item) = self.one()? else { return Ok(None) };
        let number = item.plain().and_then(|plain| plain.number());
        number.map(Some).ok_or_else(|| self.fails(format!("works on numbers, not on {}", item.type_name())))
    }

    /// A parameter that is one item.
    pub(super) fn single(&self, position: usize) -> Result<Option<Item<'a>>, Problem> {
        let mut items = self.argument(position)?;
        if items.len() > 1 {
            return Err(self.fails(format!(
                "takes one item as parameter {}, not {}",
                position + 1,
                items.len()
            )));
        }
        Ok(items.pop())
    }

    /// A parameter that is one text.
    pub(super) fn text_argument(&self, position: usize) -> Result<Option<String>, Problem> {
        self.text_of(self.single(position)?.as_ref())
    }

    /// A parameter that is one whole number.
    pub(super) fn integer_argument(&self, position: usize) -> Result<Option<i64>, Problem> {
        let Some(item) = self.single(position)? else { return Ok(None) };
        match item.plain() {
            Some(Plain::Integer(integer)) => Ok(Some(integer)),
            _ => Err(self.fails(format!("takes a whole number, not {}", item.type_name()))),
        }
    }

    /// A parameter that is one number.
    pub(super) fn number_argument(&self, position: usize) -> Result<Option<Decimal>, Problem> {
        let Some(item) = self.single(position)? else { return Ok(None) };
        let number = item.plain().and_then(|plain| plain.number());
        number.map(Some).ok_or_else(|| self.fails(format!("takes a number, not {}", item.type_name())))
    }

    /// A parameter that is one quantity.
    pub(super) fn quantity_argument(&self, position: usize) -> Result<Option<Quantity>, Problem> {
        let Some(item) = self.single(position)? else { return Ok(None) };
        let quantity = item.plain().and_then(|plain| plain.quantity());
        quantity.map(Some).ok_or_else(|| self.fails(format!("takes a quantity, not {}", item.type_name())))
    }

    fn text_of(&self, item: Option<&Item<'a>>) -> Result<Option<String>, Problem> {
        let Some(item) = item else { return Ok(None) };
        match item.plain() {
            Some(Plain::Text(text)) => Ok(Some(text)),
            // A date read from a resource is written as text there, and so has the functions of text.
            Some(plain @ Plain::Moment(_)) if matches!(item, Item::Node(_)) => Ok(Some(plain.to_string())),
            _ => Err(self.fails(format!("works on text, not on {}", item.type_name()))),
        }
    }
}

/// A value as a result.
pub(super) fn only<'a>(item: impl Into<Item<'a>>) -> Outcome<'a> {
    Ok(vec![item.into()])
}

/// A value that may be missing as a result.
pub(super) fn perhaps<'a>(item: Option<impl Into<Item<'a>>>) -> Outcome<'a> {
    Ok(item.map(Into::into).into_iter().collect())
}
