//! `dicom` actions: what a device asks the archive, or sends to it.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::node::Node;
use super::sink::Sink;
use crate::script::{ActionKind, DicomDeed};

/// Reads the table of a `dicom` action.
pub(super) fn action(node: &Node, sink: &Sink) -> Option<ActionKind> {
    let fields = Fields::new(node, "a dicom action", sink);
    let calling = fields.need_text("calling");
    let deed = fields.one_of(&DicomDeed::ALL.map(DicomDeed::word));
    fields.close();
    let (word, field) = deed?;
    let deed = DicomDeed::ALL.into_iter().find(|deed| deed.word() == word)?;
    Some(ActionKind::Dicom { calling, deed, fields: said(deed, &field.node, sink) })
}

fn said(deed: DicomDeed, node: &Node, sink: &Sink) -> BTreeMap<String, String> {
    let what = match deed {
        DicomDeed::Worklist => "a worklist query",
        DicomDeed::Store => "a picture to store",
    };
    let fields = Fields::new(node, what, sink);
    let needed = deed.needed().iter().map(|name| (*name, Some(fields.need_text(name))));
    let optional = deed.optional().iter().map(|name| (*name, fields.text(name)));
    let said = needed.chain(optional).filter_map(|(name, text)| Some((name.to_owned(), text?))).collect();
    fields.close();
    said
}
