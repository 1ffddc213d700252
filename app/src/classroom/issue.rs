use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use platform::clock::Clock;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, Error, ExtendedKeyUsagePurpose, GeneralSubtree,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};

use super::names::Names;

/// How long the authority is good for. A class that goes on longer enrols its devices anew.
const AUTHORITY_DAYS: i64 = 730;
/// How long this machine's certificate is good for; it is made anew at every start.
const MACHINE_DAYS: i64 = 90;
/// Clocks of devices may be behind.
const SLACK_DAYS: i64 = 2;
const DAY_US: i64 = 86_400_000_000;
/// Networks that never leave a building (RFC 1918, RFC 3927, and this machine itself).
const LOCAL: [([u8; 4], u8); 5] = [
    ([127, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    ([169, 254, 0, 0], 16),
];

/// The authority's own certificate, PEM.
pub(super) fn authority(key: &KeyPair, clock: &dyn Clock) -> Result<String, Error> {
    Ok(about(key, clock)?.self_signed(key)?.pem())
}

/// A certificate for this machine, followed by the authority's, and its key: both PEM.
pub(super) fn machine(
    key: &KeyPair,
    authority: &str,
    names: &Names,
    clock: &dyn Clock,
) -> Result<(String, String), Error> {
    let mut params = CertificateParams::new(names.dns.clone())?;
    params.subject_alt_names.extend(names.addresses.iter().copied().map(SanType::IpAddress));
    let name = names.dns.last().cloned().unwrap_or_default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    valid(&mut params, clock, MACHINE_DAYS);
    let own = KeyPair::generate()?;
    let issuer = Issuer::new(about(key, clock)?, key);
    let signed = params.signed_by(&own, &issuer)?;
    Ok((format!("{}{authority}", signed.pem()), own.serialize_pem()))
}

/// What the authority says of itself. All but the dates follows from its key, so that what was made before is its own.
fn about(key: &KeyPair, clock: &dyn Clock) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    let mark: String = key.public_key_raw().iter().rev().take(3).map(|byte| format!("{byte:02X}")).collect();
    params.distinguished_name.push(DnType::CommonName, format!("Practicum classroom {mark}"));
    params.distinguished_name.push(DnType::OrganizationName, "Practicum");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let networks =
        LOCAL.iter().map(|(at, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(*at, *bits)));
    let names = ["localhost", "local"].map(|name| GeneralSubtree::DnsName(name.to_owned()));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: names.into_iter().chain(networks).collect(),
        excluded_subtrees: Vec::new(),
    });
    valid(&mut params, clock, AUTHORITY_DAYS);
    Ok(params)
}

/// The last day of an authority that is made now.
pub(super) fn authority_until(clock: &dyn Clock) -> Date {
    day(clock, AUTHORITY_DAYS)
}

/// From a little before now, for so many days.
fn valid(params: &mut CertificateParams, clock: &dyn Clock, days: i64) {
    let at = |days: i64| {
        let date = day(clock, days);
        date_time_ymd(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
    };
    params.not_before = at(-SLACK_DAYS);
    params.not_after = at(days);
}

/// The date in so many days.
pub(super) fn day(clock: &dyn Clock, days: i64) -> Date {
    let at = Timestamp::from_microsecond(clock.now_us() + days * DAY_US).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::UTC.to_datetime(at).date()
}
