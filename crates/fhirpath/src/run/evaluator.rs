use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use regex::Regex;

use super::arena::Arena;
use super::call::{Call, Outcome};
use super::logic::{collection, combine, decided, truth};
use super::meter::Meter;
use super::seen::Seen;
use super::{arithmetic, compare};
use crate::ask::Surroundings;
use crate::problem::Problem;
use crate::syntax::{Binary, Expr, Kind};
use crate::value::{Collection, Exactness, Item, Moment, Named, Node, Plain, exists, has_type};

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

/// What `$this` and its kin mean at one place.
#[derive(Clone)]
pub(crate) struct Frame<'f, 'a> {
    pub(crate) this: &'f [Item<'a>],
    pub(crate) index: Option<usize>,
    pub(crate) total: Option<&'f [Item<'a>]>,
    pub(crate) scope: Scope<'a>,
}

/// The variables that `defineVariable()` made, newest first.
pub(crate) type Scope<'a> = Option<Rc<Defined<'a>>>;

/// A variable and those made before it.
pub(crate) struct Defined<'a> {
    pub(crate) name: String,
    pub(crate) items: Collection<'a>,
    pub(crate) before: Scope<'a>,
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

    /// Lets the steps behind `defineVariable(name, value)` see the variable.
    fn define(&self, step: &Expr, frame: &mut Frame<'_, 'a>, focus: &[Item<'a>]) -> Result<(), Problem> {
        let Kind::Call(function, given) = &step.kind else { return Ok(()) };
        if function.name != "defineVariable" {
            return Ok(());
        }
        let call = Call { run: self, name: function.name, focus: focus.to_vec(), given, frame, at: step.at };
        let (name, items) = self.definition(&call)?;
        frame.scope = Some(Rc::new(Defined { name, items, before: frame.scope.take() }));
        Ok(())
    }

    /// The variable that a call of `defineVariable()` makes.
    pub(super) fn definition(&self, call: &Call<'_, 'a>) -> Result<(String, Collection<'a>), Problem> {
        let name = call.text_argument(0)?.ok_or_else(|| call.fails("needs a name"))?;
        let taken = self.variables.contains_key(&name) || is_defined(&name);
        if taken || defined(&call.frame.scope, &name).is_some() {
            return Err(call.fails(format!("there is already a variable %{name}")));
        }
        let items = match call.given.get(1) {
            Some(value) => self.evaluate(value, &Frame { this: &call.focus, ..call.frame.clone() })?,
            None => call.focus.clone(),
        };
        Ok((name, items))
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

    /// A name at the beginning of a path: the type of what it starts from, or an element.
    fn first_member(&self, name: &str, this: &[Item<'a>], at: usize) -> Outcome<'a> {
        if name.starts_with(|first: char| first.is_ascii_uppercase()) {
            let wanted =
                crate::syntax::TypeName { namespace: Some("FHIR".to_owned()), name: name.to_owned() };
            let of_type: Collection<'a> =
                this.iter().filter(|item| has_type(item, &wanted, Exactness::Derived)).cloned().collect();
            if !of_type.is_empty() {
                return Ok(of_type);
            }
        }
        self.member(name, this, at)
    }

    fn member(&self, name: &str, focus: &[Item<'a>], at: usize) -> Outcome<'a> {
        let mut found = Vec::new();
        for item in focus {
            match item {
                Item::Node(node) => match node.member(name) {
                    Named::Found(items) => found.extend(items),
                    Named::Chosen { items, .. } if self.takes_json_names => found.extend(items),
                    Named::Chosen { element, of_type, .. } => {
                        let reason = format!("{name} is written {element}.ofType({of_type}) in FHIRPath");
                        return Err(Problem::meaning(at, reason));
                    }
                },
                Item::Plain(Plain::Type { namespace, name: of_type }) => match name {
                    "namespace" => found.push(Item::from((*namespace).to_owned())),
                    "name" => found.push(Item::from(of_type.clone())),
                    _ => {}
                },
                Item::Plain(Plain::Quantity(quantity)) => match name {
                    "value" => found.push(Item::Plain(Plain::Decimal(quantity.value))),
                    "unit" | "code" => found.push(Item::from(quantity.unit.clone())),
                    _ => {}
                },
                Item::Plain(_) => {}
            }
        }
        Ok(found)
    }

    fn signed(&self, operand: &Expr, negative: bool, frame: &Frame<'_, 'a>) -> Outcome<'a> {
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
                Some(Plain::Quantity(crate::value::Quantity { value: -quantity.value, ..quantity }))
            }
            Some(plain @ (Plain::Integer(_) | Plain::Decimal(_) | Plain::Quantity(_))) => Some(plain),
            _ => return Err(refused(item.type_name())),
        };
        Ok(signed.map(Item::Plain).into_iter().collect())
    }

    /// Operators one after another, from the left, without descending for each.
    fn chain(&self, expr: &Expr, frame: &Frame<'_, 'a>) -> Outcome<'a> {
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
        Ok(vec![Item::from(of.iter().any(|other| super::equal::same(item, other)))])
    }

    /// `&`, to which nothing is an empty text.
    fn concatenate(&self, left: &[Item<'a>], right: &[Item<'a>], at: usize) -> Outcome<'a> {
        let blank = Item::from(String::new());
        let (left, right) = (one(left, at)?.unwrap_or(&blank), one(right, at)?.unwrap_or(&blank));
        let joined = arithmetic::combine(Binary::Concatenate, left, right, &self.meter, at)?;
        Ok(joined.map(Item::Plain).into_iter().collect())
    }

    fn variable(&self, name: &str, frame: &Frame<'_, 'a>, at: usize) -> Outcome<'a> {
        if let Some(items) = defined(&frame.scope, name).or_else(|| self.variables.get(name)) {
            self.meter.charge(items.len(), at)?;
            return Ok(items.clone());
        }
        let text = match name {
            "context" => return Ok(vec![self.context.clone()]),
            "resource" | "rootResource" => return Ok(vec![Item::Node(self.resource)]),
            "ucum" => "http://unitsofmeasure.org".to_owned(),
            "sct" => "http://snomed.info/sct".to_owned(),
            "loinc" => "http://loinc.org".to_owned(),
            _ => {
                let named =
                    name.strip_prefix("vs-").map(|name| format!("http://hl7.org/fhir/ValueSet/{name}"));
                let extension = || {
                    name.strip_prefix("ext-")
                        .map(|name| format!("http://hl7.org/fhir/StructureDefinition/{name}"))
                };
                named
                    .or_else(extension)
                    .ok_or_else(|| Problem::meaning(at, format!("the variable %{name} is not given")))?
            }
        };
        Ok(vec![Item::from(text)])
    }
}

/// Whether FHIR itself defines a variable (R4, 2.9.2).
pub(crate) fn is_defined(variable: &str) -> bool {
    matches!(variable, "context" | "resource" | "rootResource" | "ucum" | "sct" | "loinc")
        || variable.starts_with("vs-")
        || variable.starts_with("ext-")
}

fn defined<'s, 'a>(scope: &'s Scope<'a>, name: &str) -> Option<&'s Collection<'a>> {
    let mut at = scope.as_ref();
    while let Some(defined) = at {
        if defined.name == name {
            return Some(&defined.items);
        }
        at = defined.before.as_ref();
    }
    None
}

fn one<'i, 'a>(items: &'i [Item<'a>], at: usize) -> Result<Option<&'i Item<'a>>, Problem> {
    match items {
        [] => Ok(None),
        [item] => Ok(Some(item)),
        _ => Err(Problem::evaluation(
            at,
            format!("one item is needed on each side, and there are {}", items.len()),
        )),
    }
}

/// `is`, as operator and as function.
pub(super) fn is_type<'a>(items: &[Item<'a>], wanted: &crate::syntax::TypeName, at: usize) -> Outcome<'a> {
    Ok(one(items, at)?
        .map(|item| Item::from(has_type(item, wanted, Exactness::Derived)))
        .into_iter()
        .collect())
}

/// `as`, as operator and as function.
pub(super) fn as_type<'a>(items: Collection<'a>, wanted: &crate::syntax::TypeName, at: usize) -> Outcome<'a> {
    one(&items, at)?;
    of_type(items, wanted, at)
}

/// The items of a type.
pub(super) fn of_type<'a>(items: Collection<'a>, wanted: &crate::syntax::TypeName, at: usize) -> Outcome<'a> {
    if !exists(wanted) {
        return Err(Problem::meaning(at, format!("there is no type {}", wanted.name)));
    }
    Ok(items.into_iter().filter(|item| has_type(item, wanted, Exactness::Declared)).collect())
}
