//! Comparing with decimal literals as people mean it.
//!
//! `rh-fhirpath` 0.3.0 reads JSON numbers with every bit of the binary double, so that a stored `5.4`
//! becomes 5.4000000000000003552713678785 and `value = 5.4` is false. Where a comparison has a decimal
//! literal on one side, the other side is therefore rounded to eight places: finer than any clinical
//! measurement and coarser than the noise of numbers up to ten million.

use std::sync::LazyLock;

use rh_fhirpath::FhirPathParser;
use serde_json::{Value, json};

const ROUNDED: &str = "value.select(iif($this is Decimal, $this.round(8), $this))";

/// The call of `select` in the serialised form of [`ROUNDED`].
static ROUNDING: LazyLock<Value> = LazyLock::new(|| {
    let tree = FhirPathParser::new().parse(ROUNDED).expect("the rounding is an expression");
    let mut shape = serde_json::to_value(tree).expect("a tree can be serialised");
    shape["root"]["Invocation"]["invocation"].take()
});

/// Rounds what is compared with decimal literals, anywhere in a serialised expression.
pub(crate) fn round_compared(node: &mut Value) {
    match node {
        Value::Array(nodes) => nodes.iter_mut().for_each(round_compared),
        Value::Object(members) => {
            for (name, member) in members {
                round_compared(member);
                if name == "Equality" || name == "Inequality" {
                    round_side(member);
                }
            }
        }
        _ => {}
    }
}

fn round_side(comparison: &mut Value) {
    let other = match (is_decimal(&comparison["left"]), is_decimal(&comparison["right"])) {
        (true, false) => &mut comparison["right"],
        (false, true) => &mut comparison["left"],
        _ => return,
    };
    let left = other.take();
    *other = json!({"Invocation": {"left": left, "invocation": *ROUNDING}});
}

/// Whether this is a decimal literal, perhaps in brackets or with a sign.
fn is_decimal(node: &Value) -> bool {
    let inner = [node.pointer("/Term/Parenthesized"), node.pointer("/Polarity/operand")];
    node.pointer("/Term/Literal/Number").is_some() || inner.into_iter().flatten().any(is_decimal)
}
