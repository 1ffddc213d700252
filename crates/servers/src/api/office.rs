//! The routes of the security desk's own work and of the compliance office.

use super::route::Route;
use super::{casework, compliance, desk_kept, timeline};

/// Their part of the table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::find(
            ("/s/{sandbox}/timeline", "readTimeline"),
            "Shows what happened to a patient's record, or through a user, a client or an address.",
            timeline::timeline,
        ),
        Route::get(("/s/{sandbox}/cases", "listCases"), "Lists the cases of the security desk.", casework::cases),
        Route::post(("/s/{sandbox}/cases", "openCase"), "Opens a case.", casework::open).creates(),
        Route::get(
            ("/s/{sandbox}/cases/{case}", "readCase"),
            "Shows a case, and whether its evidence still stands in the journal.",
            casework::case,
        ),
        Route::post(
            ("/s/{sandbox}/cases/{case}", "workOnCase"),
            "Adds a note, pins a journal entry, closes a case or opens it again.",
            casework::work,
        ),
        Route::get(("/s/{sandbox}/hunts", "listHunts"), "Lists the saved searches.", desk_kept::hunts),
        Route::post(
            ("/s/{sandbox}/hunts", "saveHunt"),
            "Saves a search under a name, over what had it.",
            desk_kept::save_hunt,
        )
        .creates(),
        Route::delete(
            ("/s/{sandbox}/hunts/{hunt}", "removeHunt"),
            "Removes a saved search.",
            desk_kept::drop_hunt,
        ),
        Route::get(
            ("/s/{sandbox}/rules", "listRules"),
            "Lists the rules that are kept here, with their versions.",
            desk_kept::rules,
        ),
        Route::post(
            ("/s/{sandbox}/rules", "saveRule"),
            "Saves rules under a name, as the next version. They watch from now on.",
            desk_kept::save_rule,
        )
        .creates(),
        Route::get(("/s/{sandbox}/rules/{rule}", "readRule"), "Shows a kept rule.", desk_kept::rule),
        Route::post(
            ("/s/{sandbox}/rules/{rule}", "switchRule"),
            "Turns a rule on or off, of the pack or kept here.",
            desk_kept::switch_rule,
        ),
        Route::get(
            ("/s/{sandbox}/suppressions", "listSuppressions"),
            "Lists what is kept quiet.",
            desk_kept::suppressions,
        ),
        Route::post(
            ("/s/{sandbox}/suppressions", "suppressAlert"),
            "Keeps what one rule says about one thing quiet for some hours.",
            desk_kept::suppress,
        )
        .creates(),
        Route::delete(
            ("/s/{sandbox}/suppressions/{suppression}", "unsuppressAlert"),
            "Lets a rule speak again.",
            desk_kept::unsuppress,
        ),
        Route::get(
            ("/s/{sandbox}/accounts", "listAccounts"),
            "Lists the accounts of the identity provider.",
            compliance::accounts,
        ),
        Route::get(
            ("/s/{sandbox}/compliance/rules", "readComplianceRules"),
            "Shows what papers are held against: clauses of a contract, statements of a risk analysis, topics of policies.",
            compliance::rules,
        ),
        Route::get(
            ("/s/{sandbox}/compliance/log", "readBreachLog"),
            "Shows the log of breaches of fewer than 500 people.",
            compliance::log,
        ),
        Route::find(
            ("/s/{sandbox}/compliance/papers", "listPapers"),
            "Lists the papers that were filed, with what is wrong in them.",
            compliance::papers,
        ),
        Route::get(
            ("/s/{sandbox}/compliance/papers/{paper}", "readPaper"),
            "Shows a paper.",
            compliance::paper,
        ),
        Route::post(
            ("/s/{sandbox}/compliance/{kind}", "filePaper"),
            "Files a paper: breach-assessment, letter, secretary-notice, media-notice, risk-analysis, policy, sanction or associate-agreement.",
            compliance::file,
        )
        .creates(),
    ]
}
