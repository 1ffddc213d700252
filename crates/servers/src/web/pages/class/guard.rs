use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;

/// Lets only instructors go on; for everybody else there is nothing here.
pub(super) fn check_teaches(visitor: &Visitor) -> Result<(), Fault> {
    if visitor.teaches() { Ok(()) } else { Err(Fault::Missing("This page is for instructors.".to_owned())) }
}
