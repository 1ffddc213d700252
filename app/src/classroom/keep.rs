use std::fs;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::Path;

use anyhow::Context as _;
use platform::clock::Clock;
use rcgen::KeyPair;
use servers::Enrolment;

use super::issue::{authority, authority_until, day, machine};
use super::names::names;
use crate::config::TlsFiles;

/// The folder in the data folder.
const FOLDER: &str = "tls";
/// An authority that has fewer days left is made anew, and devices enrol again.
const LEFT_DAYS: i64 = 30;

/// What a server needs to speak TLS with a certificate of the classroom's own.
#[derive(Debug)]
pub(crate) struct Classroom {
    /// The machine's certificate and key.
    pub(crate) files: TlsFiles,
    /// What devices are enrolled with.
    pub(crate) enrolment: Enrolment,
}

/// Takes the authority from the data folder, or makes it, and has it certify this machine.
///
/// # Errors
/// When the folder cannot be written, or what lies in it is no key.
pub(crate) fn prepare(data: &Path, listen: IpAddr, clock: &dyn Clock) -> anyhow::Result<Classroom> {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let [key_file, cert_file, until_file] =
        ["authority.key", "authority.pem", "authority.until"].map(|name| folder.join(name));
    if is_spent(&until_file, clock) {
        let key = KeyPair::generate()?;
        secret(&key_file, &key.serialize_pem())?;
        write(&cert_file, &authority(&key, clock)?)?;
        // Written last: until it is there, the authority is not.
        write(&until_file, &authority_until(clock).to_string())?;
        tracing::info!(folder = %folder.display(), "a new authority for this classroom; devices enrol at /enrol");
    }
    let key = KeyPair::from_pem(&read(&key_file)?).with_context(|| {
        format!("{} is no key; remove the folder, and every device enrols anew", key_file.display())
    })?;
    let own = read(&cert_file)?;
    let names = names(listen);
    let (chain, machine_key) = machine(&key, &own, &names, clock)?;
    let files = TlsFiles { cert: folder.join("machine.pem"), key: folder.join("machine.key") };
    write(&files.cert, &chain)?;
    secret(&files.key, &machine_key)?;
    let enrolment = Enrolment::read(&own, names.dns, names.addresses)
        .with_context(|| format!("{} is no certificate; remove the folder", cert_file.display()))?;
    Ok(Classroom { files, enrolment })
}

/// Whether there is no authority yet, or none for much longer.
fn is_spent(until_file: &Path, clock: &dyn Clock) -> bool {
    let until = fs::read_to_string(until_file).ok();
    let until = until.and_then(|text| text.trim().parse::<jiff::civil::Date>().ok());
    until.is_none_or(|until| until < day(clock, LEFT_DAYS))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// Writes what nobody else on this machine may read.
fn secret(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio_rustls::rustls::RootCertStore;
    use tokio_rustls::rustls::client::WebPkiServerVerifier;
    use tokio_rustls::rustls::client::danger::ServerCertVerifier as _;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::pem::PemObject as _;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};

    use super::*;

    const LISTEN: IpAddr = IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
    const NOW_US: i64 = 1_900_000_000_000_000;
    const DAY_US: i64 = 86_400_000_000;

    struct At(i64);
    impl Clock for At {
        fn now_us(&self) -> i64 {
            self.0
        }
    }

    /// Whether a device that trusts the authority of this folder believes the machine that it is `name`.
    fn believes(folder: &Path, name: &str, chain: &[CertificateDer<'static>]) -> Result<(), String> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(folder.join("tls/authority.pem")).unwrap()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_micros(NOW_US.unsigned_abs()));
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let checked = verifier.verify_server_cert(&chain[0], &chain[1..], &name, &[], now);
        checked.map(drop).map_err(|error| error.to_string())
    }

    fn chain(pem: &str) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect()
    }

    #[test]
    fn an_enrolled_device_believes_this_machine_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let made = prepare(folder.path(), LISTEN, &At(NOW_US)).unwrap();
        let pem = fs::read_to_string(&made.files.cert).unwrap();
        assert_eq!(believes(folder.path(), "localhost", &chain(&pem)), Ok(()));
        assert_eq!(believes(folder.path(), "127.0.0.1", &chain(&pem)), Ok(()));
        believes(folder.path(), "example.org", &chain(&pem)).unwrap_err();
    }

    #[test]
    fn the_authority_can_certify_nothing_beyond_local_networks() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path(), LISTEN, &At(NOW_US)).unwrap();
        let key =
            KeyPair::from_pem(&fs::read_to_string(folder.path().join("tls/authority.key")).unwrap()).unwrap();
        let own = fs::read_to_string(folder.path().join("tls/authority.pem")).unwrap();
        for name in ["bank.example.org", "localhost.example.org"] {
            let names = super::super::names::Names { dns: vec![name.to_owned()], addresses: Vec::new() };
            let (pem, _) = machine(&key, &own, &names, &At(NOW_US)).unwrap();
            believes(folder.path(), name, &chain(&pem)).unwrap_err();
        }
    }

    #[test]
    fn the_authority_is_kept_until_its_time_is_nearly_over() {
        let folder = tempfile::tempdir().unwrap();
        let fingerprint = |days: i64| {
            prepare(folder.path(), LISTEN, &At(NOW_US + days * DAY_US))
                .unwrap()
                .enrolment
                .fingerprint()
                .to_owned()
        };
        let first = fingerprint(0);
        assert_eq!(fingerprint(600), first);
        assert_ne!(fingerprint(725), first);
    }

    #[test]
    fn a_key_that_is_none_is_told_by_its_file() {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path(), LISTEN, &At(NOW_US)).unwrap();
        fs::write(folder.path().join("tls/authority.key"), "hello").unwrap();
        let said = prepare(folder.path(), LISTEN, &At(NOW_US)).unwrap_err().to_string();
        assert!(said.contains("authority.key is no key"), "{said}");
    }
}
