//! Every route of the API. What is not here is not offered.

use axum::http::Method;

use super::route::Route;
use super::{
    attempts, backup, careers, cds_client, cds_services, channels, commands, desk, drills, entities, flow,
    journal, kits, labs, lake, me, models, office, past, patients, people, programme, projects, records,
    response, roles, sandboxes, sign_in, systems, tokens, workshops,
};

pub use super::route::Door;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    use Door::{Instructor, Open, Own};
    let mut routes = vec![
        Route::post(
            ("/api/sign-in", "signIn"),
            "Trades login and password for a bearer token.",
            sign_in::sign_in,
        )
        .door(Open),
        Route::get(("/api/me", "readMe"), "Tells who is asking.", me::me).door(Own),
        Route::get(("/api/tokens", "listTokens"), "Lists the caller's tokens, by label.", tokens::list)
            .door(Own),
        Route::post(
            ("/api/tokens", "addToken"),
            "Makes a token for a program; it is shown this once.",
            tokens::add,
        )
        .door(Own)
        .creates(),
        Route::delete(
            ("/api/tokens/{label}", "withdrawTokens"),
            "Withdraws the caller's tokens of a label.",
            tokens::remove,
        )
        .door(Own),
        Route::get(("/api/people", "listPeople"), "Lists everybody.", people::list).door(Instructor),
        Route::post(("/api/people", "addPerson"), "Makes an account.", people::add)
            .door(Instructor)
            .creates(),
        Route::delete(
            ("/api/people/{person}", "erasePerson"),
            "Erases what is only about somebody who leaves, their hospitals too. What has to be kept stays without their name.",
            people::erase,
        )
        .door(Instructor),
        Route::get(
            ("/api/images", "listImages"),
            "Lists the hospitals one can start from.",
            sandboxes::images,
        )
        .door(Own),
        Route::get(
            ("/api/sandboxes", "listSandboxes"),
            "Lists the caller's sandboxes, newest first.",
            sandboxes::list,
        )
        .door(Own),
        Route::post(
            ("/api/sandboxes", "startSandbox"),
            "Starts a hospital of the caller's own.",
            sandboxes::start,
        )
        .door(Own)
        .creates(),
        Route::get(("/api/sandboxes/{id}", "readSandbox"), "Shows a sandbox.", sandboxes::read),
        Route::delete(
            ("/api/sandboxes/{id}", "deleteSandbox"),
            "Removes a sandbox with all that is in it.",
            sandboxes::delete,
        ),
        Route::post(
            ("/api/sandboxes/{id}/reset", "resetSandbox"),
            "Gives the hospital back as its image has it.",
            past::reset,
        ),
        Route::get(
            ("/api/sandboxes/{id}/snapshots", "listSnapshots"),
            "Lists the sandbox's snapshots.",
            past::snapshots,
        ),
        Route::post(
            ("/api/sandboxes/{id}/snapshots", "takeSnapshot"),
            "Keeps the hospital as it is now, under a name.",
            past::take,
        )
        .creates(),
        Route::post(
            ("/api/sandboxes/{id}/snapshots/{name}/return", "returnToSnapshot"),
            "Makes the hospital what it was when the snapshot was taken.",
            past::return_to,
        ),
        Route::post(("/api/sandboxes/{id}/undo", "undo"), "Takes back the newest change.", past::undo),
        Route::post(
            ("/api/sandboxes/{id}/clock", "changeClock"),
            "Pauses, runs or advances the hospital's clock.",
            past::clock,
        ),
        Route::get(
            ("/api/sandboxes/{id}/digest", "readDigest"),
            "Gives the state of the hospital as one hash.",
            past::digest,
        ),
        Route::get(
            ("/api/sandboxes/{id}/channels", "listChannels"),
            "Lists the channels of the interface engine with their counts.",
            channels::list,
        ),
        Route::post(
            ("/api/sandboxes/{id}/channels", "addChannel"),
            "Saves a channel file, new or as the next version of the channel it names.",
            channels::add,
        )
        .creates(),
        Route::post(
            ("/api/sandboxes/{id}/channels/deliver", "deliverDue"),
            "Sends what is due now, as the engine does by itself every second.",
            channels::deliver,
        ),
        Route::find(
            ("/api/sandboxes/{id}/channels/{channel}", "readChannel"),
            "Shows a channel and its file, as saved.",
            channels::read,
        ),
        Route::post(
            ("/api/sandboxes/{id}/channels/{channel}", "changeChannel"),
            "Saves the next version of a channel.",
            channels::change,
        ),
        Route::post(
            ("/api/sandboxes/{id}/channels/{channel}/state", "setChannelState"),
            "Deploys, undeploys, starts, pauses or stops a channel.",
            channels::state,
        ),
        Route::get(
            ("/api/sandboxes/{id}/channels/{channel}/versions", "listChannelVersions"),
            "Lists the versions of a channel.",
            channels::versions,
        ),
        Route::find(
            ("/api/sandboxes/{id}/channels/{channel}/diff", "compareChannelVersions"),
            "Shows how two versions of a channel differ, by setting and by line.",
            channels::diff,
        ),
        Route::post(
            ("/api/sandboxes/{id}/channels/{channel}/rollback", "rollBackChannel"),
            "Makes an older version of a channel the newest, and lets it run.",
            channels::roll_back,
        ),
        Route::post(
            ("/api/sandboxes/{id}/channels/{channel}/messages", "sendToChannel"),
            "Gives a channel a message, as if it had come over the wire.",
            channels::send,
        )
        .creates(),
        Route::find(
            ("/api/sandboxes/{id}/messages", "findMessages"),
            "Finds messages by channel, state, kind, text, field and time, newest first.",
            channels::find,
        ),
        Route::get(
            ("/api/sandboxes/{id}/messages/{message}", "readMessage"),
            "Shows a message: as it came, as it was transformed, and what went to each destination.",
            channels::read_message,
        ),
        Route::find(
            ("/api/sandboxes/{id}/messages/{message}/diff", "compareMessages"),
            "Shows the fields at which a message differs from another.",
            channels::compare,
        ),
        Route::post(
            ("/api/sandboxes/{id}/messages/{message}/replay", "replayMessage"),
            "Takes a message in again, through its channel as it is now.",
            channels::replay,
        )
        .creates(),
        Route::post(
            ("/api/sandboxes/{id}/messages/{message}/retry", "retryMessage"),
            "Puts a message's dead letters back into their queues.",
            channels::retry,
        ),
        Route::find(
            ("/s/{sandbox}/journal", "readJournal"),
            "Lists what happened, or follows it as server-sent events.",
            journal::list,
        )
        .streams(journal::follow),
        Route::get(
            ("/s/{sandbox}/journal/verify", "verifyJournal"),
            "Checks the journal's chain of hashes.",
            journal::verify,
        ),
        Route::find(
            ("/s/{sandbox}/hunt", "huntJournal"),
            "Searches the journal in the language of the security desk.",
            desk::hunt,
        ),
        Route::get(
            ("/s/{sandbox}/alerts", "listAlerts"),
            "Lists what the rule pack says about the journal.",
            desk::alerts,
        ),
        Route::post(
            ("/s/{sandbox}/alerts/try", "tryRules"),
            "Tries Sigma rules on the journal; nothing is kept.",
            desk::attempt,
        ),
        Route::get(
            ("/s/{sandbox}/rules/in-force", "readRulesInForce"),
            "Tells which rules are in force, and how they did on attacks elsewhere.",
            response::rules,
        ),
        Route::post(
            ("/s/{sandbox}/rules/in-force", "keepRulesInForce"),
            "Keeps Sigma rules in force, in place of those before, and tries them on attacks elsewhere.",
            response::keep,
        ),
        Route::get(
            ("/s/{sandbox}/response", "readResponse"),
            "Lists the measures in force against an attack.",
            response::read,
        ),
        Route::post(
            ("/s/{sandbox}/response", "takeMeasure"),
            "Takes a measure against an attack.",
            response::take,
        ),
        Route::post(
            ("/s/{sandbox}/response/effect", "foreseeEffect"),
            "Counts what a measure would have refused in the last day; nothing is changed.",
            response::effect,
        ),
        Route::post(("/s/{sandbox}/response/lift", "liftMeasure"), "Lifts a measure.", response::lift),
        Route::post(
            ("/s/{sandbox}/response/restore", "restoreRecords"),
            "Brings chosen records back to what they were at a moment, as newest versions.",
            response::restore,
        ),
        Route::post(
            ("/s/{sandbox}/response/over", "declareOver"),
            "Says that an attack is over; it then comes once more in every way it has.",
            response::over,
        ),
        Route::find(
            ("/s/{sandbox}/telemetry", "readTelemetry"),
            "Renders journal entries as AuditEvents, as OCSF-like events or as network flows.",
            desk::telemetry,
        ),
        Route::find(
            ("/s/{sandbox}/patients", "findPatients"),
            "Finds patients by name, number or birth date, and those who are nearly so.",
            patients::find,
        ),
        Route::get(
            ("/s/{sandbox}/application-entities", "listApplicationEntities"),
            "Lists who may call the hospital over DICOM, and where objects are delivered.",
            entities::list,
        ),
        Route::post(
            ("/s/{sandbox}/application-entities", "registerApplicationEntity"),
            "Lets a node call the hospital over DICOM, or changes where it listens.",
            entities::register,
        )
        .creates(),
        Route::delete(
            ("/s/{sandbox}/application-entities/{name}", "removeApplicationEntity"),
            "Lets a node call no more.",
            entities::remove,
        ),
        Route::get(
            ("/s/{sandbox}/role", "readRole"),
            "Tells which role is worked as in the hospital's forms, and what it may do.",
            roles::read,
        ),
        Route::post(
            ("/s/{sandbox}/role", "switchRole"),
            "Goes on as another role in the hospital's forms. The FHIR face asks for none.",
            roles::switch,
        ),
        Route::post(
            ("/s/{sandbox}/commands/{name}", "runCommand"),
            "Does clinical work through a form of the EHR.",
            commands::run,
        ),
        Route::get(
            ("/s/{sandbox}/cds-services", "discoverCdsServices"),
            "Lists the hospital's own services of decision support (CDS Hooks 2.0).",
            cds_services::discover,
        ),
        Route::post(
            ("/s/{sandbox}/cds-services/{name}", "callCdsService"),
            "Asks a service at a hook; it answers with cards (CDS Hooks 2.0).",
            cds_services::call,
        ),
        Route::post(
            ("/s/{sandbox}/cds-services/{name}/feedback", "tellCdsService"),
            "Tells a service what became of its cards (CDS Hooks 2.0).",
            cds_services::tell,
        ),
        Route::get(
            ("/s/{sandbox}/cds-client", "listCalledServices"),
            "Lists the services of decision support that the hospital calls, with what came of it.",
            cds_client::list,
        ),
        Route::post(
            ("/s/{sandbox}/cds-client", "registerCalledServices"),
            "Lets the hospital call the services that a server offers (CDS Hooks 2.0, Discovery).",
            cds_client::register,
        )
        .creates()
        .dials(),
        Route::get(
            ("/s/{sandbox}/cds-client/{name}", "readCalledService"),
            "Shows a service with its last calls, each with request and answer.",
            cds_client::read,
        ),
        Route::delete(
            ("/s/{sandbox}/cds-client/{name}", "removeCalledService"),
            "Lets the hospital call a service no more.",
            cds_client::remove,
        ),
        Route::post(
            ("/s/{sandbox}/cds-hooks/{hook}", "askCalledServices"),
            "Asks the services at a moment of work with one patient, as the chart does by itself.",
            cds_client::ask,
        )
        .dials(),
        Route::post(
            ("/s/{sandbox}/cds-client/{name}/{call}/{card}", "answerCard"),
            "Takes a suggestion of a card, or overrides the card; the service is told.",
            cds_client::answer,
        ),
        Route::get(
            ("/s/{sandbox}/map", "readMap"),
            "Shows the systems of a hospital and the interfaces between them, with their queues.",
            systems::read,
        ),
        Route::post(
            ("/s/{sandbox}/map", "letLive"),
            "Lets the other systems work, and patients come and go, by themselves, or not.",
            systems::live,
        ),
        Route::get(
            ("/s/{sandbox}/map/census", "compareCensus"),
            "Holds whom each system believes to be in the house against the chart.",
            systems::census,
        ),
        Route::post(
            ("/s/{sandbox}/interfaces/{interface}", "changeInterface"),
            "Stops or starts an interface, or sends one of its messages again.",
            systems::change,
        ),
        Route::get(
            ("/api/labs", "listLabs"),
            "Lists the labs, with how the caller stands in them.",
            labs::list,
        )
        .door(Own),
        Route::get(
            ("/api/labs/{id}", "readLab"),
            "Shows a lab, with how the caller stands in it.",
            labs::read,
        )
        .door(Own),
        Route::get(("/api/tracks", "listTracks"), "Lists the tracks with their labs.", labs::tracks)
            .door(Own),
        Route::get(
            ("/api/attempts", "listAttempts"),
            "Lists the caller's attempts, newest first.",
            attempts::list,
        )
        .door(Own),
        Route::post(
            ("/api/attempts", "startAttempt"),
            "Starts a lab, or goes on with the attempt that is under way.",
            attempts::start,
        )
        .door(Own)
        .creates(),
        Route::get(
            ("/api/attempts/{id}", "readAttempt"),
            "Shows an attempt: its brief, steps and checks.",
            attempts::read,
        ),
        Route::get(
            ("/api/attempts/{id}/events", "followAttempt"),
            "Shows an attempt, or follows it as server-sent events.",
            attempts::read,
        )
        .streams(attempts::follow),
        Route::post(
            ("/api/attempts/{id}/check", "checkAttempt"),
            "Looks at every check now.",
            attempts::check,
        ),
        Route::post(
            ("/api/attempts/{id}/reset", "resetAttempt"),
            "Starts over: a step, the lab, the sandbox or the track.",
            attempts::reset,
        ),
        Route::post(
            ("/api/attempts/{id}/hints", "takeHint"),
            "Takes the next hint for a check, at its price.",
            attempts::hint,
        ),
        Route::post(
            ("/api/attempts/{id}/answers", "answer"),
            "Answers a question, and looks at its check.",
            attempts::answer,
        ),
        Route::post(
            ("/api/attempts/{id}/undo", "undoInAttempt"),
            "Takes back the newest change in the attempt's hospital.",
            attempts::undo,
        ),
        Route::get(("/api/kits", "listKits"), "Lists the test kits with their inputs.", kits::list).door(Own),
        Route::get(
            ("/api/sandboxes/{id}/kit-runs", "listKitRuns"),
            "Lists the runs of test kits that were started in a sandbox, newest first.",
            kits::runs,
        ),
        Route::post(
            ("/api/sandboxes/{id}/kit-runs", "startKitRun"),
            "Starts a run of a test kit; it goes on by itself.",
            kits::start,
        )
        .creates(),
        Route::get(
            ("/api/sandboxes/{id}/kit-runs/{run}", "readKitRun"),
            "Shows a run as far as it is, and what it waits for.",
            kits::read,
        ),
        Route::get(
            ("/api/sandboxes/{id}/kit-runs/{run}/report", "reportKitRun"),
            "Gives a run as a FHIR TestReport.",
            kits::report,
        ),
        Route::post(
            ("/api/sandboxes/{id}/kit-runs/{run}/stop", "stopKitRun"),
            "Stops a run after the exchange under way.",
            kits::stop,
        ),
        Route::get(
            ("/api/overview", "readOverview"),
            "Shows how every learner stands in every lab.",
            labs::overview,
        )
        .door(Instructor),
        Route::post(
            ("/api/backup", "backUp"),
            "Copies everything into a new folder beside the data.",
            backup::back_up,
        )
        .door(Instructor)
        .creates(),
    ];
    routes.extend(programme::routes());
    routes.extend(careers::routes());
    routes.extend(records::routes());
    routes.extend(drills::routes());
    routes.extend(workshops::routes());
    routes.extend(projects::routes());
    routes.extend(office::routes());
    routes.extend(lake::routes());
    routes.extend(models::routes());
    routes.extend(flow::routes());
    routes
}

/// What a test may want to know of a route.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The address, with `{name}` for its variable parts.
    pub path: &'static str,
    /// For whom it is.
    pub door: Door,
}

/// Every route of the API.
pub fn route_infos() -> Vec<RouteInfo> {
    routes().into_iter().map(|Route { method, path, door, .. }| RouteInfo { method, path, door }).collect()
}
