//! What an app does in a script: `app = { key = .. }`, `{ authorize = {..} }`, `{ assert = {..} }`.

use super::fields::Fields;
use super::node::Node;
use super::sink::Sink;
use crate::script::{AppAct, Assertion, Authorization};

const ACTS: [&str; 3] = ["key", "authorize", "assert"];

/// Reads one act.
pub(super) fn app(node: &Node, sink: &Sink) -> Option<AppAct> {
    let fields = Fields::new(node, "an app action", sink);
    let act = fields.one_of(&ACTS).and_then(|(word, field)| match word {
        "key" => {
            fields.parsed("key", "ES384, the algorithm", |text| (text == "ES384").then_some(AppAct::Key))
        }
        "authorize" => Some(authorize(&field.node, sink)),
        _ => Some(assert(&field.node, sink)),
    });
    fields.close();
    act
}

fn authorize(node: &Node, sink: &Sink) -> AppAct {
    let fields = Fields::new(node, "an authorization", sink);
    let act = Authorization {
        client: fields.need_text("client"),
        redirect_uri: fields.need_text("redirect_uri"),
        scope: fields.need_text("scope"),
        agree: fields.text("agree"),
        patient: fields.text("patient"),
        encounter: fields.text("encounter"),
        from_chart: fields.flag("from_chart").unwrap_or(false),
        pkce: fields.flag("pkce").unwrap_or(true),
    };
    fields.close();
    AppAct::Authorize(act)
}

fn assert(node: &Node, sink: &Sink) -> AppAct {
    let fields = Fields::new(node, "an assertion", sink);
    let act = Assertion {
        client: fields.need_text("client"),
        key: fields.need_text("key"),
        scope: fields.need_text("scope"),
        audience: fields.text("audience"),
    };
    fields.close();
    AppAct::Assert(act)
}
