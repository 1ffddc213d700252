use axum::extract::State;
use axum::response::Response;
use platform::transparency::{self, Conduct, Edit, TellSecond};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

fn field(form: &Fields, name: &str) -> Option<String> {
    form.fields.get(name).cloned()
}

fn index(form: &Fields) -> Result<u64, Fault> {
    let text = field(form, "index").unwrap_or_default();
    text.trim()
        .parse()
        .map_err(|_| Fault::Refused(format!("\"{text}\" is no entry; entries are numbered from 0.")))
}

/// `POST …/ledger/entry`: what the archive says of an entry.
pub(crate) async fn edit(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let (index, edit) = (index(&form)?, Edit { actor: field(&form, "actor"), ..Edit::default() });
    inside.run(&app, move |platform, access| transparency::edit(platform, access, index, &edit)).await?;
    let back = inside.to(&format!("ledger/entry?index={index}"));
    Ok(Said::well("The archive was changed. The tree was not.").at(&back))
}

/// `POST …/ledger/operator`: one history or two.
pub(crate) async fn operator(
    State(app): State<App>,
    inside: Inside,
    form: Fields,
) -> Result<Response, Fault> {
    let second = match field(&form, "actor") {
        None => None,
        actor => Some(TellSecond {
            index: index(&form)?,
            edit: Edit { actor, ..Edit::default() },
            shown_to: field(&form, "witness").into_iter().collect(),
        }),
    };
    let words = if second.is_some() {
        "The operator tells two histories."
    } else {
        "The operator tells one history."
    };
    inside
        .run(&app, move |platform, access| transparency::tell_second(platform, access, second.as_ref()))
        .await?;
    Ok(Said::well(words).at(&inside.to("ledger")))
}

/// `POST …/ledger/witness`: how a witness behaves, given as `conduct.NAME`.
pub(crate) async fn witness(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let set = field(&form, "set").unwrap_or_default();
    let (word, name) = set.split_once('.').unwrap_or((&set, ""));
    let conduct = match word {
        "honest" => Conduct::Honest,
        "lying" => Conduct::Lying,
        "away" => Conduct::Away,
        _ => return Err(Fault::Refused(format!("A witness cannot be \"{word}\"."))),
    };
    let (words, name) = (format!("{name} is {word} from now on."), name.to_owned());
    inside
        .run(&app, move |platform, access| transparency::set_conduct(platform, access, &name, conduct))
        .await?;
    Ok(Said::well(words).at(&inside.to("ledger")))
}
