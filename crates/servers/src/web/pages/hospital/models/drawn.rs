use std::fmt::Write as _;

use maud::{Markup, html};
use platform::models::{Bin, NetBenefit};

/// The side of a drawing, in units of its own.
const SIDE: f64 = 240.0;
const MARGIN: f64 = 8.0;

fn place(share: f64) -> f64 {
    MARGIN + share.clamp(0.0, 1.0) * (SIDE - 2.0 * MARGIN)
}

/// What was foretold against what was observed: on the line where both are the same. A larger dot stands for more people.
pub(super) fn calibration(bins: &[Bin]) -> Markup {
    let all: usize = bins.iter().map(|bin| bin.count).sum();
    let words: Vec<String> = bins
        .iter()
        .map(|bin| {
            format!(
                "{:.0} % foretold, {:.0} % observed of {}",
                bin.predicted * 100.0,
                bin.observed * 100.0,
                bin.count
            )
        })
        .collect();
    html! {
        figure.chart.model-chart {
            figcaption { "Calibration: foretold (across) and observed (up)" }
            svg viewBox={ "0 0 " (SIDE) " " (SIDE) } role="img" aria-label={ "Calibration. " (words.join("; ")) } {
                path.model-ideal d={ "M" (place(0.0)) " " (SIDE - place(0.0)) "L" (place(1.0)) " " (SIDE - place(1.0)) } {}
                path.model-line d=(path(bins.iter().map(|bin| (bin.predicted, bin.observed)))) {}
                @for bin in bins {
                    circle cx=(format!("{:.1}", place(bin.predicted))) cy=(format!("{:.1}", SIDE - place(bin.observed))) r=(format!("{:.1}", 3.0 + 6.0 * size(bin.count, all))) {}
                }
            }
            p.chart-ends { span { "0 %" } span { "100 %" } }
        }
    }
}

fn size(count: usize, all: usize) -> f64 {
    (count as f64 / all.max(1) as f64).sqrt()
}

/// What acting by the model is worth at each threshold, beside acting for everybody and for nobody.
pub(super) fn decision(curve: &[NetBenefit], threshold: f64) -> Markup {
    let most = curve.iter().map(|at| at.model.max(at.all)).fold(1e-9, f64::max);
    // What is far below nothing is not drawn to scale.
    let up = |worth: f64| 0.15 + 0.85 * (worth / most).clamp(-0.15, 1.0);
    let points = |of: fn(&NetBenefit) -> f64| path(curve.iter().map(|at| (at.threshold, up(of(at)))));
    let near = curve
        .iter()
        .min_by(|a, b| (a.threshold - threshold).abs().total_cmp(&(b.threshold - threshold).abs()));
    let words = near.map_or(String::new(), |at| {
        format!(
            "At {:.0} % the model is worth {:.3}, acting for everybody {:.3}, for nobody 0",
            at.threshold * 100.0,
            at.model,
            at.all
        )
    });
    html! {
        figure.chart.model-chart {
            figcaption { "Decision curve: net benefit by threshold" }
            svg viewBox={ "0 0 " (SIDE) " " (SIDE) } role="img" aria-label={ "Decision curve. " (words) } {
                path.model-ideal d=(path([(0.0, up(0.0)), (1.0, up(0.0))].into_iter())) {}
                path.model-other d=(points(|at| at.all)) {}
                path.model-line d=(points(|at| at.model)) {}
                path.model-mark d={ "M" (format!("{:.1}", place(threshold))) " " (MARGIN) "V" (SIDE - MARGIN) } {}
            }
            p.chart-ends { span { "0 %" } span { "100 %" } }
            p.quiet.small { (words) "." }
        }
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(path, "{}{:.1} {:.1}", if at == 0 { "M" } else { "L" }, place(x), SIDE - place(y));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_foretold_rightly_lies_on_the_line() {
        let bin = Bin { from: 0.4, to: 0.6, count: 10, predicted: 0.5, observed: 0.5 };
        let drawn = calibration(&[bin]).into_string();
        assert!(drawn.contains("cx=\"120.0\" cy=\"120.0\" r=\"9.0\""), "{drawn}");
        assert!(drawn.contains("50 % foretold, 50 % observed of 10"), "{drawn}");
    }
}
