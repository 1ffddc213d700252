use platform::models::{
    Fitted, Judged, Kind, Penalty, Risks, Scoring, Settings, fit_file, judge_file, risk_file, score_file,
};

use super::Terminal;
use super::table::Table;
use crate::cli::{FitFlags, ModelCommand, ModelKind};

/// `practicum model`.
pub(super) fn run(command: ModelCommand, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    match command {
        ModelCommand::Fit(flags) => {
            let fitted = fit_file(&flags.table, &flags.outcome, &flags.leave_out, kind(&flags), &flags.out)?;
            let Fitted { features, rows, events } = &fitted;
            terminal.show(flags.json, &fitted, || {
                format!("Learnt from {rows} rows, {events} with the outcome, by {} features.", features.len())
            })
        }
        ModelCommand::Risk { model, table, explain, out, json } => {
            let written = risk_file(&model, &table, explain, &out)?;
            let Risks { rows } = written;
            terminal.show(json, &written, || format!("Wrote {rows} risks."))
        }
        ModelCommand::Score { onnx, table, features, leave_out, out, json } => {
            let scoring = Scoring {
                model: &onnx,
                table: &table,
                features: &features,
                leave_out: &leave_out,
                out: &out,
            };
            let written = score_file(&scoring)?;
            let Risks { rows } = written;
            terminal.show(json, &written, || format!("Wrote {rows} risks."))
        }
        ModelCommand::Judge { table, outcome, risk, group, threshold, json } => {
            let judged = judge_file(&table, &outcome, &risk, group.as_deref(), threshold)?;
            terminal.show(json, &judged, || text(&judged))
        }
    }
}

fn kind(flags: &FitFlags) -> Kind {
    match flags.kind {
        ModelKind::Logistic => {
            Kind::Logistic(flags.strength.map_or(Penalty::None, |strength| Penalty::L2 { strength }))
        }
        ModelKind::Boosting => Kind::Boosting(Settings {
            trees: flags.trees,
            max_depth: flags.max_depth,
            learning_rate: flags.learning_rate,
            ..Settings::default()
        }),
    }
}

/// The figures of a card, and a table of the groups.
fn text(judged: &Judged) -> String {
    let all = &judged.overall;
    let mut text = format!(
        "{} people, {} with the outcome\nAUROC {:.4} (95 % {:.4} to {:.4}), AUPRC {:.4}, Brier {:.4}, log loss {:.4}\n",
        all.rows,
        all.events,
        all.auroc.value,
        all.auroc.low,
        all.auroc.high,
        all.auprc,
        all.brier,
        all.log_loss
    );
    text += &match &all.calibration {
        Some(found) => format!(
            "Calibration: slope {:.3}, in the large {:.3}, observed to expected {:.3}, expected error {:.4}\n",
            found.slope, found.in_the_large, found.observed_to_expected, all.expected_calibration_error
        ),
        None => "Calibration: the risks tell the outcomes apart without fail, so that it has no slope\n"
            .to_owned(),
    };
    if judged.groups.is_empty() {
        return text;
    }
    let share = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
    let mut table = Table::new(&["GROUP", "PEOPLE", "EVENTS", "AUROC", "MISSED", "NEEDLESS"], "No groups.\n");
    for group in &judged.groups {
        table = table.row([
            group.name.clone(),
            group.rows.to_string(),
            group.events.to_string(),
            share(group.auroc.map(|auroc| auroc.value)),
            share(group.missed),
            share(group.needless),
        ]);
    }
    text + &table.to_string()
}
