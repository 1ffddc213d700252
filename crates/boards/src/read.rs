//! The document of a board as contents, strictly: what is no board is refused with its place.

use std::collections::{BTreeMap, BTreeSet};

use yrs::{Any, GetString, Map, MapRef, Number, Out, ReadTxn, TextRef};

use crate::Refusal;
use crate::contents::{Card, Contents, Lane, Link, Step, StepKind};
use crate::limits::{
    CARDS_MAX, COLUMNS_MAX, LINKS_MAX, NOTES_CHARS_MAX, ROWS_MAX, STEPS_MAX, TEXT_CHARS_MAX, WORDS_CHARS_MAX,
};

/// Characters of an id at most.
const ID_CHARS_MAX: usize = 24;
/// What a row's cells are called before the column's id.
const CELL: &str = "cell-";
/// Cells of a row at most: of columns that are there, and of some that are gone.
const CELLS_MAX: usize = 60;

/// The shared parts of a board's document.
pub(crate) struct Parts {
    pub(crate) notes: TextRef,
    pub(crate) cards: MapRef,
    pub(crate) steps: MapRef,
    pub(crate) links: MapRef,
    pub(crate) columns: MapRef,
    pub(crate) rows: MapRef,
}

/// Reads a board.
pub(crate) fn contents(parts: &Parts, txn: &impl ReadTxn) -> Result<Contents, Refusal> {
    let notes = parts.notes.get_string(txn);
    held("characters of shared text", notes.chars().count(), NOTES_CHARS_MAX)?;
    let steps = in_order(&parts.steps, ("steps", STEPS_MAX), txn)?;
    let steps = steps.into_iter().map(step).collect::<Result<Vec<_>, _>>()?;
    let known: BTreeSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    let links = links(&parts.links, &known, txn)?;
    let cards = in_order(&parts.cards, ("cards", CARDS_MAX), txn)?;
    let mut cards = cards.into_iter().map(card).collect::<Result<Vec<_>, _>>()?;
    cards.sort_by_key(|card| card.lane);
    let (columns, rows) = table(parts, txn)?;
    Ok(Contents { notes, cards, steps, links, columns, rows })
}

fn card(mut item: Item) -> Result<Card, Refusal> {
    let text = item.text("text")?;
    let lane = Lane::of(&item.words("lane")?).ok_or_else(|| item.odd("lies in a lane that there is not"))?;
    Ok(Card { id: item.done()?, lane, text })
}

fn step(mut item: Item) -> Result<Step, Refusal> {
    let (label, who) = (item.text("label")?, item.words("who")?);
    let kind =
        StepKind::of(&item.words("kind")?).ok_or_else(|| item.odd("is of a kind that there is not"))?;
    Ok(Step { id: item.done()?, kind, label, who })
}

/// The arrows whose two ends are there; one whose step somebody else took away meanwhile leads nowhere, and is not shown.
fn links(map: &MapRef, known: &BTreeSet<&str>, txn: &impl ReadTxn) -> Result<Vec<Link>, Refusal> {
    let mut links = BTreeMap::new();
    for mut item in in_order(map, ("arrows", LINKS_MAX), txn)? {
        let link = Link { from: item.words("from")?, to: item.words("to")?, when: item.words("when")? };
        item.done()?;
        if known.contains(link.from.as_str()) && known.contains(link.to.as_str()) {
            // Two people may draw the same arrow at once: it is one.
            links.entry((link.from.clone(), link.to.clone())).or_insert(link);
        }
    }
    Ok(links.into_values().collect())
}

fn table(parts: &Parts, txn: &impl ReadTxn) -> Result<(Vec<String>, Vec<Vec<String>>), Refusal> {
    let mut columns = Vec::new();
    for mut item in in_order(&parts.columns, ("columns", COLUMNS_MAX), txn)? {
        let name = item.words("name")?;
        columns.push((item.done()?, name));
    }
    let mut rows = Vec::new();
    for mut item in in_order(&parts.rows, ("rows", ROWS_MAX), txn)? {
        let cells = item.cells()?;
        item.done()?;
        let cell = |(id, _): &(String, String)| cells.get(id).cloned().unwrap_or_default();
        rows.push(columns.iter().map(cell).collect());
    }
    Ok((columns.into_iter().map(|(_, name)| name).collect(), rows))
}

/// A thing on a board whose fields have not all been read yet.
struct Item {
    part: &'static str,
    id: String,
    words: BTreeMap<String, String>,
    numbers: BTreeMap<String, f64>,
    texts: BTreeMap<String, String>,
}

/// The things of a part in the order that people gave them; by id, where two have the same place.
fn in_order(
    map: &MapRef,
    (part, max): (&'static str, usize),
    txn: &impl ReadTxn,
) -> Result<Vec<Item>, Refusal> {
    held(part, map.len(txn) as usize, max)?;
    let mut items = Vec::new();
    for (id, value) in map.iter(txn) {
        let mut item = Item::read(part, id, value, txn)?;
        let place = item.place()?;
        items.push((place, item));
    }
    items.sort_by(|(place, one), (other, another)| {
        place.total_cmp(other).then_with(|| one.id.cmp(&another.id))
    });
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

impl Item {
    fn read(part: &'static str, id: &str, value: Out, txn: &impl ReadTxn) -> Result<Self, Refusal> {
        let (words, numbers, texts) = Default::default();
        let mut item = Self { part, id: id.chars().take(ID_CHARS_MAX).collect(), words, numbers, texts };
        if id.is_empty() || item.id.len() != id.len() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(item.odd("has an id that is not of letters and digits"));
        }
        let Out::YMap(fields) = value else { return Err(item.odd("is no thing with fields")) };
        for (name, value) in fields.iter(txn) {
            let name = name.to_owned();
            match value {
                Out::Any(Any::String(words)) => {
                    held("characters in one place", words.chars().count(), WORDS_CHARS_MAX)?;
                    item.words.insert(name, words.to_string());
                }
                Out::Any(Any::Number(Number::Int(number))) => {
                    item.numbers.insert(name, number as f64);
                }
                Out::Any(Any::Number(Number::Float(number))) => {
                    item.numbers.insert(name, number);
                }
                Out::YText(text) => {
                    let text = text.get_string(txn);
                    held("characters in one place", text.chars().count(), TEXT_CHARS_MAX)?;
                    item.texts.insert(name, text);
                }
                _ => return Err(item.odd("holds something that is neither words nor a number")),
            }
        }
        Ok(item)
    }

    fn odd(&self, why: &'static str) -> Refusal {
        Refusal::Odd { place: format!("'{}' among the {}", self.id, self.part), why }
    }

    fn words(&mut self, name: &str) -> Result<String, Refusal> {
        self.words.remove(name).ok_or_else(|| self.odd("lacks a field of its own"))
    }

    fn text(&mut self, name: &str) -> Result<String, Refusal> {
        self.texts.remove(name).ok_or_else(|| self.odd("lacks its text"))
    }

    fn place(&mut self) -> Result<f64, Refusal> {
        let place = self.numbers.remove("order").filter(|place| place.is_finite());
        place.ok_or_else(|| self.odd("has no place"))
    }

    /// The cells of a row, by the ids of their columns.
    fn cells(&mut self) -> Result<BTreeMap<String, String>, Refusal> {
        held("cells in one row", self.words.len(), CELLS_MAX)?;
        let (cells, others) =
            std::mem::take(&mut self.words).into_iter().partition(|(name, _)| name.starts_with(CELL));
        self.words = others;
        let cells: BTreeMap<String, String> = cells;
        Ok(cells.into_iter().map(|(name, words)| (name[CELL.len()..].to_owned(), words)).collect())
    }

    /// The id, once nothing is left that was not asked for.
    fn done(self) -> Result<String, Refusal> {
        if self.words.is_empty() && self.numbers.is_empty() && self.texts.is_empty() {
            return Ok(self.id);
        }
        Err(self.odd("has a field that no such thing has"))
    }
}

pub(crate) fn held(what: &'static str, count: usize, max: usize) -> Result<(), Refusal> {
    if count <= max { Ok(()) } else { Err(Refusal::Full { what, count, max }) }
}
