use std::sync::Arc;

use pgwire::api::PgWireServerHandlers;
use pgwire::api::auth::cleartext::CleartextPasswordAuthStartupHandler;
use pgwire::api::auth::{DefaultServerParameterProvider, StartupHandler};
use pgwire::api::query::{ExtendedQueryHandler, SimpleQueryHandler};
use pgwire::api::stmt::NoopQueryParser;

use super::session::{Session, SignIn};
use super::settings::VERSION;
use crate::state::App;

/// What answers the questions of one connection.
pub(super) struct Backend {
    pub(super) session: Arc<Session>,
    pub(super) parser: Arc<NoopQueryParser>,
}

/// All that one connection needs.
pub(super) struct Connection {
    startup: Arc<CleartextPasswordAuthStartupHandler<SignIn, DefaultServerParameterProvider>>,
    backend: Arc<Backend>,
}

impl Connection {
    /// A connection of nobody yet.
    pub(super) fn new(app: App) -> Self {
        let session = Arc::new(Session::new(app));
        let mut told = DefaultServerParameterProvider::default();
        VERSION.clone_into(&mut told.server_version);
        told.is_superuser = false;
        told.default_transaction_read_only = true;
        "UTC".clone_into(&mut told.time_zone);
        let startup = CleartextPasswordAuthStartupHandler::new(SignIn(Arc::clone(&session)), told);
        let backend = Backend { session, parser: Arc::new(NoopQueryParser::new()) };
        Self { startup: Arc::new(startup), backend: Arc::new(backend) }
    }
}

impl PgWireServerHandlers for Connection {
    fn startup_handler(&self) -> Arc<impl StartupHandler> {
        Arc::clone(&self.startup)
    }

    fn simple_query_handler(&self) -> Arc<impl SimpleQueryHandler> {
        Arc::clone(&self.backend)
    }

    fn extended_query_handler(&self) -> Arc<impl ExtendedQueryHandler> {
        Arc::clone(&self.backend)
    }
}
