//! Addresses that a browser may be sent to: which may be registered, and which of them a request means.

/// Why an address cannot be registered; `None` if it can.
///
/// `https` goes anywhere, `http` to the machine of the person alone (RFC 8252, 7.3), and an app's own scheme must be a
/// reversed domain name (RFC 8252, 7.1): `javascript:` or `data:` never are. No fragment (RFC 6749, 3.1.2).
#[must_use]
pub fn problem(address: &str) -> Option<&'static str> {
    if address.len() > 2000 || !address.bytes().all(|byte| (0x21..=0x7e).contains(&byte)) {
        return Some("must be at most 2000 printable ASCII characters without spaces");
    }
    if address.contains(['#', '\\', '<', '>', '"', '\'', '`', '{', '}', '^', '|', ';', ',']) {
        return Some("must have no fragment, and none of \\ < > \" ' ` { } ^ | ; ,");
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return Some("must be absolute, such as https://app.example/callback");
    };
    let web = |rest: &str| {
        let authority = rest.strip_prefix("//")?.split(['/', '?']).next()?;
        (!authority.is_empty() && !authority.contains(['@', '*', '%'])).then(|| host_of(authority).to_owned())
    };
    match (scheme, web(rest)) {
        ("https", Some(_)) => None,
        ("http", Some(host)) if is_loopback(&host) => None,
        ("http", Some(_)) => Some("may be http only on 127.0.0.1, [::1] or localhost; use https elsewhere"),
        ("http" | "https", None) => Some("must name a host, without a user, wildcard or percent sign"),
        (scheme, _) if is_own_scheme(scheme) => None,
        _ => Some(
            "must be https, http on this machine, or an app's own scheme such as com.example.app:/callback",
        ),
    }
}

/// The scheme and host an address belongs to, for a content security policy: `https://app.example:8443`, `com.example:`.
#[must_use]
pub fn origin(address: &str) -> &str {
    let Some((scheme, rest)) = address.split_once(':') else { return "" };
    match rest.strip_prefix("//") {
        Some(web) if scheme == "https" || scheme == "http" => {
            let end = web.find(['/', '?']).unwrap_or(web.len());
            &address[..scheme.len() + 3 + end]
        }
        _ => &address[..=scheme.len()],
    }
}

/// An address with parameters added to its query, each encoded.
#[must_use]
pub fn with_parameters(address: &str, parameters: &[(&str, &str)]) -> String {
    if parameters.is_empty() {
        return address.to_owned();
    }
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{}", form(parameters))
}

/// Parameters as a query or a form has them, each encoded.
#[must_use]
pub fn form(parameters: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

/// Whether nobody on the way can read or change what goes to a web address: `https`, or `http` on this very machine.
#[must_use]
pub fn is_guarded(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web && problem(address).is_none()
}

fn encoded(value: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if unreserved(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(one).collect()
}

fn host_of(authority: &str) -> &str {
    match authority.rfind(':') {
        Some(at) if !authority.ends_with(']') => &authority[..at],
        _ => authority,
    }
}

fn is_loopback(host: &str) -> bool {
    ["127.0.0.1", "[::1]", "localhost"].contains(&host)
}

fn is_own_scheme(scheme: &str) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    scheme.contains('.') && scheme.starts_with(|c: char| c.is_ascii_lowercase()) && scheme.chars().all(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_safe_or_refused() {
        let good = [
            "https://app.example/callback",
            "https://app.example:8443/cb?x=1",
            "http://127.0.0.1:4567/",
            "http://localhost/cb",
            "http://[::1]:9/cb",
            "com.example.app:/callback",
        ];
        let bad = [
            "",
            "/callback",
            "//evil.example/",
            "http://app.example/cb",
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.1@evil.example/",
            "https://user@app.example/",
            "https:///cb",
            "https://*.example/cb",
            "https://app.example/cb#x",
            "https://app.example\\@evil.example/",
            "https://app.example/c b",
            "https://app.example/\r\nSet-Cookie:x=1",
            "https://app.example; script-src *",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "app:/callback",
        ];
        good.iter().for_each(|address| assert_eq!(problem(address), None, "{address}"));
        bad.iter().for_each(|address| assert!(problem(address).is_some(), "{address}"));
    }

    #[test]
    fn parameters_are_added_encoded() {
        let whole = with_parameters("https://a.example/cb?x=1", &[("code", "a b&c"), ("state", "ü")]);
        assert_eq!(whole, "https://a.example/cb?x=1&code=a%20b%26c&state=%C3%BC");
        assert_eq!(origin(&whole), "https://a.example");
        assert_eq!(origin("com.example.app:/callback"), "com.example.app:");
        assert_eq!(origin("http://127.0.0.1:80?x"), "http://127.0.0.1:80");
    }
}
