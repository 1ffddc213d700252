use std::rc::Rc;

use crate::value::{Collection, Item};

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
