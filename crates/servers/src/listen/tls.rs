use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::server::danger::ClientCertVerifier;
use tokio_rustls::rustls::{self, RootCertStore, ServerConfig};

/// Why a certificate cannot be served with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is missing, unreadable or no PEM.
    #[error("{path}: {source}; it must be a PEM file that this program may read")]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: pem::Error,
    },
    /// The file of the chain holds no certificate.
    #[error("{0}: holds no certificate; it must begin with the server's own, or hold those of authorities")]
    NoCertificate(PathBuf),
    /// The authorities of clients cannot be used.
    #[error("{path}: {what}; it must hold the certificates of the authorities of clients")]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Certificate and key do not serve together.
    #[error("certificate and key do not fit together: {0}")]
    Mismatch(#[from] rustls::Error),
}

/// A certificate with its key, ready for handshakes in TLS 1.2 and 1.3.
#[derive(Clone)]
pub struct Tls {
    pub(crate) acceptor: TlsAcceptor,
}

/// Whose certificates MLLP clients are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Clients<'a> {
    /// The authorities, PEM.
    pub authorities: &'a Path,
    /// Whether clients that show none are heard too, so that each interface of a hospital can ask for one or not. One of a
    /// stranger is refused in any case.
    pub others_too: bool,
}

impl Tls {
    /// Reads a certificate chain and its private key, both PEM.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub fn load(cert: &Path, key: &Path) -> Result<Self, TlsError> {
        let builder = builder()?.with_no_client_auth();
        let (chain, key) = read(cert, key)?;
        let mut config = builder.with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// The same for MLLP, where clients are asked for a certificate if it is said whose.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub fn load_for_mllp(cert: &Path, key: &Path, clients: Option<Clients<'_>>) -> Result<Self, TlsError> {
        let (chain, key) = read(cert, key)?;
        let builder = match clients {
            None => builder()?.with_no_client_auth(),
            Some(clients) => builder()?.with_client_cert_verifier(verifier(clients)?),
        };
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key)?)) })
    }
}

type Builder<State> = rustls::ConfigBuilder<ServerConfig, State>;

fn builder() -> Result<Builder<rustls::WantsVerifier>, TlsError> {
    let provider = Arc::new(ring::default_provider());
    Ok(ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?)
}

/// Who checks that a client's certificate is of one of these authorities.
fn verifier(
    Clients { authorities, others_too }: Clients<'_>,
) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let mut roots = RootCertStore::empty();
    for authority in certificates(authorities)? {
        roots.add(authority)?;
    }
    let provider = Arc::new(ring::default_provider());
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    let verifier = if others_too { builder.allow_unauthenticated().build() } else { builder.build() };
    verifier.map_err(|error| TlsError::Authorities { path: authorities.to_owned(), what: error.to_string() })
}

fn read(cert: &Path, key: &Path) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
    let chain = certificates(cert)?;
    let unreadable = |source| TlsError::Pem { path: key.to_owned(), source };
    Ok((chain, PrivateKeyDer::from_pem_file(key).map_err(unreadable)?))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let unreadable = |source| TlsError::Pem { path: path.to_owned(), source };
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(unreadable)?.collect();
    let certificates = read.map_err(unreadable)?;
    if certificates.is_empty() {
        return Err(TlsError::NoCertificate(path.to_owned()));
    }
    Ok(certificates)
}
