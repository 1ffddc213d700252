use maud::{Markup, html};
use platform::projects::{Milestone, Review, Standing, State, Work};

use super::drawn::Drawn;
use super::marks::{marks_fields, marks_table};
use crate::web::pages::words::at;
use crate::web::ui::{Field, Icon, Look, Takes, empty, markdown_compact, submit};

impl Drawn<'_> {
    /// What peers said of what was handed in, and what its authors answered.
    pub(super) fn reviews(&self, milestone: &Milestone, standing: &Standing, work: Option<&Work>) -> Markup {
        let reviews = work.map(|work| work.reviews.as_slice()).unwrap_or_default();
        html! {
            @if reviews.is_empty() { (empty(Icon::Person, "Nobody has reviewed it", "Somebody of the team who wrote none of it marks every behaviour and says why. Then its authors answer.", &html! {})) }
            @for (place, review) in reviews.iter().enumerate().rev() { (self.review(milestone, place + 1, review, work)) }
            @if self.may_review(standing, work) {
                details open { summary { "Review version " (standing.version) } (self.review_form(milestone, standing)) }
            }
        }
    }

    fn may_review(&self, standing: &Standing, work: Option<&Work>) -> bool {
        let Some(work) = work else { return false };
        let waits = matches!(standing.state, State::HandedIn | State::InReview | State::Reviewed);
        let has = work.reviews_of_newest().any(|review| review.by == self.view.me);
        self.works() && waits && !has && !work.is_author(&self.view.me)
    }

    fn review(&self, milestone: &Milestone, number: usize, review: &Review, work: Option<&Work>) -> Markup {
        let by = self.view.name(&review.by);
        let may_answer =
            self.works() && review.answer.is_none() && work.is_some_and(|work| work.is_author(&self.view.me));
        html! {
            section.pj-version {
                h3 { "Review " (number) " by " (by) }
                p.small.quiet { "Of version " (review.version) " · " (at(review.at_us)) " UTC" }
                (marks_table(&format!("Review {number}"), &milestone.behaviours, &review.marks))
                @if !review.words.is_empty() { (markdown_compact(&review.words)) }
                @match &review.answer {
                    Some((who, text)) => { div.pj-answer { p.small { strong { (self.view.name(who)) " answers" } } (markdown_compact(text)) } }
                    None => { p.small.quiet { "Not answered yet." } }
                }
                @if may_answer {
                    (self.form("answer", &format!("/milestones/{}#reviews", milestone.id), &html! {
                        input type="hidden" name="milestone" value=(milestone.id);
                        input type="hidden" name="review" value=(number);
                        (Field::new("text", "Your answer").id(&format!("answer-{number}")).takes(Takes::Block).hint("What you do about it, and what you do not, and why.").required())
                        div.form-actions { (submit("Answer", Look::Primary)) }
                    }))
                }
            }
        }
    }

    fn review_form(&self, milestone: &Milestone, standing: &Standing) -> Markup {
        self.form(
            "review",
            &format!("/milestones/{}#reviews", milestone.id),
            &html! {
                input type="hidden" name="milestone" value=(milestone.id);
                input type="hidden" name="version" value=(standing.version);
                (marks_fields(&milestone.behaviours, None))
                (Field::new("words", "What you want to say besides").id("review-words").takes(Takes::Block))
                div.form-actions { (submit("Send the review", Look::Primary)) }
            },
        )
    }
}
