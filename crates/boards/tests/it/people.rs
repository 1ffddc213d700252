//! Somebody with a copy of a board, as a browser has one.

use boards::Board;
use yrs::updates::decoder::Decode;
use yrs::{
    ClientID, Doc, GetString, Map, MapPrelim, MapRef, OffsetKind, Options, Out, ReadTxn, StateVector, Text,
    TextPrelim, Transact, Update,
};

pub(crate) struct Copy {
    pub(crate) doc: Doc,
    known: StateVector,
    next: u64,
}

impl Copy {
    pub(crate) fn of(board: &Board, client: u64) -> Self {
        let own = Options::with_guid_and_client_id("copy".into(), ClientID::new(client));
        let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..own });
        let mut copy = Self { doc, known: StateVector::default(), next: 0 };
        copy.hear(board.state());
        copy
    }

    /// Merges what others wrote.
    pub(crate) fn hear(&mut self, update: &[u8]) {
        self.doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
        self.known = self.doc.transact().state_vector();
    }

    /// What was written since the last time.
    pub(crate) fn said(&mut self) -> Vec<u8> {
        let txn = self.doc.transact();
        let update = txn.encode_diff_v1(&self.known);
        self.known = txn.state_vector();
        update
    }

    pub(crate) fn state(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    pub(crate) fn part(&self, name: &str) -> MapRef {
        self.doc.get_or_insert_map(name)
    }

    /// Puts something among a part and gives its id.
    pub(crate) fn put(
        &mut self,
        part: &str,
        order: f64,
        words: &[(&str, &str)],
        texts: &[(&str, &str)],
    ) -> String {
        let id = format!("c{}n{}", self.doc.client_id().get(), self.next);
        self.next += 1;
        let map = self.part(part);
        let mut txn = self.doc.transact_mut();
        let item = map.insert(&mut txn, id.as_str(), MapPrelim::default());
        item.insert(&mut txn, "order", order);
        for (name, value) in words {
            item.insert(&mut txn, *name, *value);
        }
        for (name, value) in texts {
            item.insert(&mut txn, *name, TextPrelim::new(*value));
        }
        id
    }

    pub(crate) fn card(&mut self, lane: &str, text: &str) -> String {
        self.put("cards", self.next as f64, &[("lane", lane)], &[("text", text)])
    }

    pub(crate) fn step(&mut self, label: &str) -> String {
        self.put("steps", self.next as f64, &[("kind", "task"), ("who", "nurse")], &[("label", label)])
    }

    pub(crate) fn ids(&self, part: &str) -> Vec<String> {
        let (map, txn) = (self.part(part), self.doc.transact());
        let mut ids: Vec<String> = map.keys(&txn).map(str::to_owned).collect();
        ids.sort();
        ids
    }

    pub(crate) fn remove(&mut self, part: &str, id: &str) {
        self.part(part).remove(&mut self.doc.transact_mut(), id);
    }

    pub(crate) fn set(&mut self, part: &str, id: &str, field: &str, value: &str) {
        let map = self.part(part);
        let mut txn = self.doc.transact_mut();
        if let Some(Out::YMap(item)) = map.get(&txn, id) {
            item.insert(&mut txn, field, value);
        }
    }

    /// Types into the text of a card.
    pub(crate) fn type_into(&mut self, id: &str, at: usize, words: &str) {
        let map = self.part("cards");
        let mut txn = self.doc.transact_mut();
        let Some(Out::YMap(card)) = map.get(&txn, id) else { return };
        let Some(Out::YText(text)) = card.get(&txn, "text") else { return };
        let length = text.get_string(&txn).encode_utf16().count();
        text.insert(&mut txn, u32::try_from(at % (length + 1)).unwrap(), words);
    }

    /// Types into the shared text.
    pub(crate) fn note(&mut self, at: usize, words: &str) {
        let notes = self.doc.get_or_insert_text("notes");
        let mut txn = self.doc.transact_mut();
        let length = notes.get_string(&txn).encode_utf16().count();
        notes.insert(&mut txn, u32::try_from(at % (length + 1)).unwrap(), words);
    }
}
