use std::net::IpAddr;

use data_encoding::HEXUPPER;
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};

/// What headsets and phones are enrolled with, where this server's certificate is of the classroom's own authority.
#[derive(Debug, Clone)]
pub struct Enrolment {
    certificate: CertificateDer<'static>,
    fingerprint: String,
    names: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl Enrolment {
    /// Reads the authority's certificate, PEM; `names` and `addresses` are those it certifies of this machine.
    ///
    /// # Errors
    /// When there is no certificate in it.
    pub fn read(authority: &str, names: Vec<String>, addresses: Vec<IpAddr>) -> Result<Self, pem::Error> {
        let certificate = CertificateDer::from_pem_slice(authority.as_bytes())?;
        let digest = HEXUPPER.encode(&Sha256::digest(&certificate));
        let pairs: Vec<&str> = (0..digest.len()).step_by(2).filter_map(|at| digest.get(at..at + 2)).collect();
        Ok(Self { fingerprint: pairs.join(":"), certificate, names, addresses })
    }

    /// SHA-256 of the authority's certificate, as devices show it: pairs of hexadecimal digits with colons between them.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The authority's certificate, DER.
    pub(crate) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// What other devices may call this machine, the best first: a name of its own, then addresses, then `localhost`.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let is_far = |address: &&IpAddr| !address.is_loopback();
        let named = self.names.iter().filter(|name| *name != "localhost").cloned();
        let numbered = self.addresses.iter().filter(is_far).map(ToString::to_string);
        numbered.chain(named).chain(std::iter::once("localhost".to_owned())).collect()
    }
}
