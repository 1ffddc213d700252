use super::requirements::REQUIREMENTS;
use super::{judge, launches};
use crate::model::{Group, Input, Kit, Preset, Stop, Test};
use crate::run::Step;

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "smart-app",
        title: "SMART app",
        about: "Plays a hospital to an app of yours: gives it a launch, waits until it comes, and looks at every request it makes. Then it \
                goes wrong on purpose, and looks at what the app leaves undone.",
        standard: "SMART App Launch 2.2.0 on FHIR R4",
        prerequisites: &[
            "The app can reach the server that runs this kit, and somebody can open the app in a browser, four times.",
            "The app is set up with any client id; what it comes back to is known here, to the letter.",
            "It asks for patient/Patient.rs or more, and reads a patient or observations once it may.",
        ],
        inputs: vec![
            Input::new(
                "launch_url",
                "Launch address",
                "Where the app is opened from a chart; empty if it is opened by itself",
            )
            .optional(),
            Input::new("redirect_uri", "Comes back to", "The app's redirect address, to the letter"),
            Input::new(
                "wait",
                "Patience",
                "How many seconds the app may take to come, and between its requests",
            )
            .usually("300"),
            Input::new("quiet", "Silence", "How many seconds to listen for what the app should not do")
                .usually("3"),
            Input::new(
                "here",
                "Played at",
                "Where the kit plays its hospital; filled in by whatever runs it",
            )
            .usually("http://127.0.0.1:9"),
        ],
        presets: vec![Preset {
            id: "quick",
            title: "An app that opens by itself",
            values: &[("wait", "60")],
        }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: vec![launch(), trouble()],
    }
}

fn test(
    id: &str,
    title: &str,
    work: fn(&mut Step<'_>) -> Result<(), Stop>,
    requirement: &'static str,
) -> Test {
    Test::new(format!("smart-app/{id}"), title, work).of(&[requirement])
}

fn launch() -> Group {
    let told =
        |id: &str, title: &str, work, requirement| test(id, title, work, requirement).needs(&["story"]);
    Group {
        id: "smart-app/launch".to_owned(),
        title: "A good launch".to_owned(),
        about: "Everything the app sends, from being opened to its first record.".to_owned(),
        tests: vec![
            test("launch/comes", "The app comes, gets a token, and reads", launches::comes, "app.token")
                .gives(&["story"]),
            told(
                "launch/discovers",
                "It looks where to ask before it asks",
                judge::discovers,
                "app.discovery",
            ),
            told("launch/state", "Its request has a state that nobody guesses", judge::state, "app.state"),
            told(
                "launch/challenge",
                "Its request has a challenge, made with S256",
                judge::challenge,
                "app.pkce",
            ),
            told(
                "launch/redirect",
                "It comes back to the registered address",
                judge::redirect,
                "app.request",
            ),
            told(
                "launch/audience",
                "It says which FHIR server the token is for",
                judge::audience,
                "app.request",
            ),
            told("launch/scopes", "It asks for scopes that mean something", judge::scopes, "app.request"),
            told("launch/launch", "It sends the handle it was launched with", judge::launch, "app.launch"),
            told(
                "launch/token-request",
                "It exchanges the code by a sound form",
                judge::token_request,
                "app.token",
            ),
            told("launch/verifier", "Its verifier fits its challenge", judge::verifier, "app.pkce"),
            told("launch/once", "It sends the code once", judge::once, "app.token"),
            told(
                "launch/bearer",
                "Its token is in the header and in no address",
                judge::bearer,
                "app.bearer",
            ),
            told("launch/within", "It asks for nothing that was not granted", judge::within, "app.scopes"),
        ],
        ..Group::default()
    }
}

fn trouble() -> Group {
    Group {
        id: "smart-app/trouble".to_owned(),
        title: "Launches that go wrong".to_owned(),
        about: "What counts here is what the app does not do. It is opened anew for each.".to_owned(),
        tests: vec![
            test("trouble/denied", "A refusal ends the attempt", launches::denied, "app.errors")
                .needs(&["story"]),
            test("trouble/state", "An answer with another state is not taken", launches::mixed, "app.state")
                .needs(&["story"]),
            test(
                "trouble/ended",
                "A token that has ended is not tried for ever",
                launches::ended,
                "app.errors",
            )
            .needs(&["story"]),
        ],
        ..Group::default()
    }
}
