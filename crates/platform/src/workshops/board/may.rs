use store::records::Workshop;
use workshops::run::Run;
use workshops::see::Viewer;

/// Why somebody may not write on a board; nothing, if they may.
pub(super) fn why_not(workshop: &Workshop, run: &Run, who: &str, locked: bool) -> Option<&'static str> {
    let viewer = Viewer::of(run, who);
    if workshop.cancelled {
        return Some("the workshop was called off, and its board stays as it is");
    }
    if run.play.ended_us.is_some() {
        return Some("the workshop is over, and its board stays as it is");
    }
    if viewer == Viewer::Onlooker {
        return Some("who has neither a role nor the console looks on; take a seat to write");
    }
    (locked && !viewer.facilitates()).then_some("the facilitator has locked the board for now")
}
