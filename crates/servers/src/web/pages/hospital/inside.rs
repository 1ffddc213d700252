use axum::extract::{FromRequestParts, OriginalUri, RawPathParams};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::Platform;
use platform::access::Access;
use platform::ehr::commands::permission_for;
use platform::ehr::roles::{Denied, Working, working};
use platform::labs::{AttemptId, AttemptView};
use platform::people::Person;
use platform::sandboxes::{SandboxError, SandboxSummary};

use super::guest::guest_side;
use super::role::switch;
use crate::base_url::BaseUrl;
use crate::signed_in::cookie;
use crate::state::App;
use crate::web::pages::attempt::{Drawn, Side, side as lab_side};
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Hospital, Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::sandboxes::side as sandbox_side;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, local, weekday};
use crate::web::ui::{Clock, Link, Workspace, tabs, workspace};

/// The chart that was open last, as `SANDBOX.PATIENT`: its tab leads back there.
pub(super) const CHART_COOKIE: &str = "practicum_chart";

/// What stands beside the hospital.
pub(crate) enum Around {
    /// A lab.
    Lab { view: Box<AttemptView>, level: &'static str, next: Option<(String, String)> },
    /// Nothing but the hospital's own past.
    Alone(SandboxSummary),
    /// The learner whose hospital it is, and its title: the one who looks is their mentor, who changes nothing.
    Guest { owner: String, title: String },
}

/// Somebody inside one hospital.
pub(crate) struct Inside {
    pub(crate) visitor: Visitor,
    /// The id of the sandbox.
    pub(crate) sandbox: String,
    pub(crate) around: Around,
    /// The address of the place: `/attempts/ID` or `/sandboxes/ID`.
    root: String,
    /// Whether it is their own hospital.
    own: bool,
    /// Whether this request only shows something, as a guest's must.
    looks: bool,
    now_us: i64,
    rate: u32,
    /// The role worked as, and what it may do.
    working: Working,
    /// The page to come back to after a switch of roles.
    here: String,
    chart: Option<String>,
    /// How the server was addressed, such as `http://127.0.0.1:8080`.
    server: String,
}

/// Where in a hospital a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Patients,
    Beds,
    InBasket,
    Chart,
    Build,
    Engine,
    Map,
    Fhir,
    Kits,
    Views,
    Lake,
    Models,
    Flow,
    Journal,
    Apps,
    Ledger,
    Security,
    /// A page of no tab.
    None,
}

impl Inside {
    /// The address of a page of this place, such as `/attempts/abc/patients`.
    pub(crate) fn to(&self, page: &str) -> String {
        format!("{}/{page}", self.root)
    }

    /// The address of a section of a chart.
    pub(crate) fn to_chart(&self, patient: &str, section: &str) -> String {
        format!("{}/patients/{patient}/{section}", self.root)
    }

    /// The address of this hospital's FHIR server.
    pub(crate) fn fhir(&self) -> String {
        format!("{}/s/{}/fhir", self.server, self.sandbox)
    }

    /// Whether the role worked as has a permission. It decides what is shown; the platform decides what is done.
    pub(crate) fn may(&self, permission: &str) -> bool {
        self.working.may(permission)
    }

    /// Refuses to show the form of a command to a role that may not give it, and says which role may.
    pub(super) fn check(&self, command: &str) -> Result<(), Fault> {
        Ok(self.denied(command).map_or(Ok(()), Err)?)
    }

    /// Why the role worked as may not give a command, if so.
    pub(super) fn denied(&self, command: &str) -> Option<Denied> {
        permission_for(command).and_then(|permission| self.working.check(permission).err())
    }

    /// Whether an address is one of this place.
    pub(super) fn has(&self, address: &str) -> bool {
        address.strip_prefix(&self.root).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The way in for a use case.
    pub(crate) fn access(&self) -> impl FnOnce(&Platform) -> Result<Access, SandboxError> + Send + 'static {
        let (person, sandbox) = (self.visitor.person.clone(), self.sandbox.clone());
        let looks = self.looks;
        move |platform| way_in(platform, &person, &sandbox, looks)
    }

    /// Runs a use case in this hospital.
    pub(crate) async fn run<T, E>(
        &self,
        app: &App,
        work: impl FnOnce(&Platform, &Access) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        Fault: From<E>,
        E: Send + 'static,
    {
        let enter = self.access();
        app.run(move |platform| Ok(work(platform, &enter(platform)?)?)).await
    }

    /// The same for a use case that dials servers of others.
    pub(crate) async fn run_dialling<T, E>(
        &self,
        app: &App,
        work: impl FnOnce(&Platform, &Access) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        Fault: From<E>,
        E: Send + 'static,
    {
        let enter = self.access();
        app.run_dialling(move |platform| Ok(work(platform, &enter(platform)?)?)).await
    }

    /// A whole page: what stands beside the hospital, its tabs, and `work`.
    pub(crate) fn page(&self, tab: Tab, title: &str, work: &Markup) -> Markup {
        let csrf = self.own.then_some(self.visitor.csrf.as_str());
        let Side { title: beside, meta, progress, brief, actions } = match &self.around {
            Around::Lab { view, level, next } => {
                let drawn = Drawn { view, root: &self.root, next: next.as_ref(), csrf };
                lab_side(&drawn, &capital(level))
            }
            Around::Alone(summary) => sandbox_side(summary, &self.visitor.csrf),
            Around::Guest { owner, title } => guest_side(&self.sandbox, owner, title, &self.visitor.csrf),
        };
        let content = workspace(&Workspace {
            title: &beside,
            meta: &meta,
            progress,
            brief,
            actions,
            tabs: html! {
                (switch(&self.to("role"), &self.here, &self.visitor.csrf, &self.working))
                (self.tabs(tab))
            },
            work: html! { (said(self.visitor.said.as_ref())) (work) },
        });
        let (at, day) = (local(self.now_us), weekday(self.now_us));
        let hospital = Hospital { id: &self.sandbox, clock: Clock { at: &at, day: &day, rate: self.rate } };
        let place = match self.around {
            Around::Lab { .. } => Place::Tracks,
            Around::Alone(_) => Place::Sandboxes,
            Around::Guest { .. } => Place::Mentoring,
        };
        framed(&self.visitor, place, &format!("{title} · {beside}"), Some(hospital), &content)
    }

    fn tabs(&self, tab: Tab) -> Markup {
        let chart = self.chart.as_ref().map(|patient| self.to_chart(patient, "summary"));
        let pages = [
            (Tab::Patients, "Patients", Some(self.to("patients"))),
            (Tab::Beds, "Beds", Some(self.to("beds"))),
            (Tab::InBasket, "In-basket", Some(self.to("in-basket"))),
            (Tab::Chart, "Chart", chart),
            (Tab::Build, "Build", Some(self.to("build"))),
            (Tab::Engine, "Engine", Some(self.to("engine"))),
            (Tab::Map, "Map", Some(self.to("map"))),
            (Tab::Fhir, "FHIR", Some(self.to("fhir"))),
            (Tab::Apps, "Apps", Some(self.to("apps"))),
            (Tab::Views, "Views", Some(self.to("views"))),
            (Tab::Lake, "Data", Some(self.to("lake"))),
            (Tab::Models, "Models", Some(self.to("models"))),
            (Tab::Flow, "Flow", Some(self.to("flow"))),
            (Tab::Kits, "Test kits", Some(self.to("kits"))),
            (Tab::Journal, "Journal", Some(self.to("journal"))),
            (Tab::Ledger, "Ledger", Some(self.to("ledger"))),
            (Tab::Security, "Security", Some(self.to("security"))),
        ];
        let links = pages
            .iter()
            .filter_map(|(at, label, href)| Some(Link::to(label, href.as_deref()?).current(*at == tab)));
        tabs("Hospital", &links.collect::<Vec<_>>())
    }

    /// The same with this patient's chart open.
    pub(super) fn with_chart(mut self, patient: &str) -> Self {
        self.chart = Some(patient.to_owned());
        self
    }
}

impl FromRequestParts<App> for Inside {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(IntoResponse::into_response)?;
        let named =
            |wanted: &str| params.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned());
        let (attempt, sandbox) = (named("attempt"), named("sandbox"));
        let Ok(BaseUrl(server)) = BaseUrl::from_request_parts(parts, app).await;
        let chart = cookie(&parts.headers, CHART_COOKIE).map(str::to_owned);
        let (person, asked) = (visitor.person.clone(), server.clone());
        let looks = parts.method.is_safe();
        let opened = app.run(move |platform| match (attempt, sandbox) {
            (Some(attempt), _) => Opened::lab(platform, &person, &attempt, &asked),
            (None, sandbox) => Opened::alone(platform, &person, &sandbox.unwrap_or_default(), looks),
        });
        let opened = opened.await.map_err(IntoResponse::into_response)?;
        let Opened { root, sandbox, around, own, now_us, rate, working } = opened;
        let here = here(parts);
        let chart = chart.and_then(|chart| {
            let (of, patient) = chart.split_once('.')?;
            (of == sandbox).then(|| patient.to_owned())
        });
        Ok(Self { visitor, sandbox, around, root, own, looks, now_us, rate, working, here, chart, server })
    }
}

/// The page that is open; for a form that was sent, the page above it.
fn here(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    let whole = uri.path_and_query().map_or(uri.path(), |whole| whole.as_str());
    match uri.path().rsplit_once('/') {
        Some((above, _)) if parts.method != Method::GET => above.to_owned(),
        _ => whole.to_owned(),
    }
}

/// A hospital somebody may look into.
struct Opened {
    root: String,
    sandbox: String,
    around: Around,
    own: bool,
    now_us: i64,
    rate: u32,
    working: Working,
}

impl Opened {
    fn lab(platform: &Platform, person: &Person, attempt: &str, server: &str) -> Result<Self, Fault> {
        let view = platform.view_attempt(person, &AttemptId::from(attempt), server)?;
        let gone = || {
            let what = "The hospital of this attempt was deleted. Start the lab again to have another one.";
            Fault::Missing(what.to_owned())
        };
        let sandbox = view.sandbox.clone().ok_or_else(gone)?;
        let lab = platform.catalogue().lab(&view.lab).map(|lab| lab.level.word());
        let next = next_lab(platform, &view.lab);
        let around = Around::Lab { view: Box::new(view), level: lab.unwrap_or_default(), next };
        Self::at(platform, person, format!("/attempts/{attempt}"), sandbox, around, false)
    }

    fn alone(platform: &Platform, person: &Person, sandbox: &str, looks: bool) -> Result<Self, Fault> {
        let root = format!("/sandboxes/{sandbox}");
        let open = platform.hospitals_open_to(person)?.into_iter();
        let around = match open.filter(|_| looks).find(|open| open.sandbox.id.as_str() == sandbox) {
            Some(open) => Around::Guest { owner: open.owner.name, title: open.sandbox.title },
            None => Around::Alone(platform.sandbox_summary(person, sandbox)?),
        };
        Self::at(platform, person, root, sandbox.to_owned(), around, looks)
    }

    fn at(
        platform: &Platform,
        person: &Person,
        root: String,
        sandbox: String,
        around: Around,
        looks: bool,
    ) -> Result<Self, Fault> {
        let access = way_in(platform, person, &sandbox, looks)?;
        let own = is_own(platform, person, &sandbox)?;
        let working = working(&access)?;
        let (now_us, rate) = (access.virtual_us(), access.clock().rate);
        Ok(Self { root, sandbox, around, own, now_us, rate, working })
    }
}

/// The way into a hospital; for what only shows something, a guest's too.
fn way_in(platform: &Platform, person: &Person, sandbox: &str, looks: bool) -> Result<Access, SandboxError> {
    if looks { platform.look_in(person, sandbox, "page") } else { platform.enter(person, sandbox, "page") }
}

/// Whether a sandbox belongs to a person, rather than being open to them because they teach.
pub(crate) fn is_own(platform: &Platform, person: &Person, sandbox: &str) -> Result<bool, SandboxError> {
    let sandboxes = platform.sandboxes_of(person)?;
    Ok(sandboxes.iter().any(|own| own.id.as_str() == sandbox))
}

/// The lab that follows another in its track: slug and title.
pub(crate) fn next_lab(platform: &Platform, lab: &str) -> Option<(String, String)> {
    let catalogue = platform.catalogue();
    let track = catalogue.track(catalogue.tracks_of(lab).first()?)?;
    let at = track.labs.iter().position(|id| id == lab)?;
    let next = catalogue.lab(track.labs.get(at + 1)?)?;
    Some((next.id.clone(), next.title.clone()))
}
