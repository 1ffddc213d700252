use axum::Router;
use axum::routing::{get, post};

use super::{acts, channel, dashboard, difference, message, messages};
use crate::state::App;

/// The pages below `engine`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/engine", get(dashboard::dashboard))
        .route("/engine/channel", get(channel::form).post(channel::send))
        .route("/engine/channel/file", get(channel::file))
        .route("/engine/difference", get(difference::versions))
        .route("/engine/messages", get(messages::list))
        .route("/engine/message", get(message::shown))
        .route("/engine/state", post(acts::state))
        .route("/engine/roll-back", post(acts::roll_back))
        .route("/engine/send", post(acts::send))
        .route("/engine/replay", post(acts::replay))
        .route("/engine/retry", post(acts::retry))
}
