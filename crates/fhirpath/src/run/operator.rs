use super::call::Outcome;
use super::evaluator::Run;
use super::frame::Frame;
use super::logic::{collection, combine, decided, truth};
use super::seen::Seen;
use super::typed::{as_type, is_type, one};
use super::{arithmetic, compare, equal};
use crate::problem::Problem;
use crate::syntax::{Binary, Expr, Kind};
use crate::value::{Collection, Item, Plain, Quantity};

impl<'a> Run<'a> {
    /// A sign before a number.
    pub(super) fn signed(&self, operand: &Expr, negative: bool, frame: &Frame<'_, 'a>) -> Outcome<'a> {
        let items = self.evaluate(operand, frame)?;
        let refused = |what: &str| {
            Problem::evaluation(operand.at, format!("a sign stands before one number, not before {what}"))
        };
        let item = match items.as_slice() {
            [] => return Ok(items),
            [item] => item,
            _ => return Err(refused("several items")),
        };
        let signed = match item.plain() {
            Some(Plain::Integer(integer)) if negative => integer.checked_neg().map(Plain::Integer),
            Some(Plain::Decimal(decimal)) if negative => Some(Plain::Decimal(-decimal)),
            Some(Plain::Quantity(quantity)) if negative => {
                Some(Plain::Quantity(Quantity { value: -quantity.value, ..quantity }))
            }
            Some(plain @ (Plain::Integer(_) | Plain::Decimal(_) | Plain::Quantity(_))) => Some(plain),
            _ => return Err(refused(item.type_name())),
        };
        Ok(signed.map(Item::Plain).into_iter().collect())
    }

    /// Operators one after another, from the left, without descending for each.
    pub(super) fn chain(&self, expr: &Expr, frame: &Frame<'_, 'a>) -> Outcome<'a> {
        let mut waiting = Vec::new();
        let mut at = expr;
        while let Kind::Binary(_, left, _) | Kind::Is(left, _) | Kind::As(left, _) = &at.kind {
            waiting.push(at);
            at = left;
        }
        let mut items = self.evaluate(at, frame)?;
        for expr in waiting.into_iter().rev() {
            self.meter.charge(1, expr.at)?;
            items = match &expr.kind {
                Kind::Binary(operator, _, right) => self.binary(*operator, items, right, frame, expr.at)?,
                Kind::Is(_, wanted) => is_type(&items, wanted, expr.at)?,
                Kind::As(_, wanted) => as_type(items, wanted, expr.at)?,
                _ => items,
            };
        }
        Ok(items)
    }

    fn binary(
        &self,
        operator: Binary,
        left: Collection<'a>,
        right: &Expr,
        frame: &Frame<'_, 'a>,
        at: usize,
    ) -> Outcome<'a> {
        if matches!(operator, Binary::And | Binary::Or | Binary::Xor | Binary::Implies) {
            let left = truth(&left, at)?;
            if decided(operator, left) {
                return Ok(collection(combine(operator, left, None)));
            }
            return Ok(collection(combine(operator, left, truth(&self.evaluate(right, frame)?, at)?)));
        }
        let right = self.evaluate(right, frame)?;
        match operator {
            Binary::Union => self.union(left, right, at),
            Binary::Equal | Binary::NotEqual => compare::equality(operator, &left, &right, &self.meter, at),
            Binary::Equivalent | Binary::NotEquivalent => {
                compare::equivalence(operator, &left, &right, &self.meter, at)
            }
            Binary::In => self.membership(&left, &right, at),
            Binary::Contains => self.membership(&right, &left, at),
            Binary::Concatenate => self.concatenate(&left, &right, at),
            _ => {
                let (Some(left), Some(right)) = (one(&left, at)?, one(&right, at)?) else {
                    return Ok(Vec::new());
                };
                match operator {
                    Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
                        compare::inequality(operator, left, right, at)
                    }
                    _ => {
                        let joined = arithmetic::combine(operator, left, right, &self.meter, at)?;
                        Ok(joined.map(Item::Plain).into_iter().collect())
                    }
                }
            }
        }
    }

    /// Both collections without repetitions.
    pub(super) fn union(&self, left: Collection<'a>, right: Collection<'a>, at: usize) -> Outcome<'a> {
        let mut seen = Seen::default();
        let mut all = Vec::new();
        for item in left.into_iter().chain(right) {
            if seen.add(&item, &self.meter, at)? {
                all.push(item);
            }
        }
        Ok(all)
    }

    fn membership(&self, item: &[Item<'a>], of: &[Item<'a>], at: usize) -> Outcome<'a> {
        let Some(item) = one(item, at)? else { return Ok(Vec::new()) };
        self.meter.charge(of.len(), at)?;
        Ok(vec![Item::from(of.iter().any(|other| equal::same(item, other)))])
    }

    /// `&`, to which nothing is an empty text.
    fn concatenate(&self, left: &[Item<'a>], right: &[Item<'a>], at: usize) -> Outcome<'a> {
        let blank = Item::from(String::new());
        let (left, right) = (one(left, at)?.unwrap_or(&blank), one(right, at)?.unwrap_or(&blank));
        let joined = arithmetic::combine(Binary::Concatenate, left, right, &self.meter, at)?;
        Ok(joined.map(Item::Plain).into_iter().collect())
    }
}
