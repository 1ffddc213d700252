/// The last part of the discovery address (CDS Hooks 2.0, Discovery).
const DISCOVERY: &str = "cds-services";
/// Characters of an address.
const CHARS_MAX: usize = 300;

/// Where services are, as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The discovery address, without a slash at its end.
    pub(super) discovery: String,
    /// The one service that is meant; all of them, if none is named.
    pub(super) only: Option<String>,
}

impl Address {
    /// Reads a base address, a discovery address, or that of one service.
    ///
    /// # Errors
    /// In a sentence.
    pub(super) fn read(typed: &str) -> Result<Self, String> {
        let typed = typed.trim().trim_end_matches('/');
        let example = "such as http://127.0.0.1:3000 or http://127.0.0.1:3000/cds-services/my-service";
        let rest = ["http://", "https://"].into_iter().find_map(|scheme| typed.strip_prefix(scheme));
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            return Err(format!("the address begins with http:// or https://, {example}"));
        };
        let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\\\"<>".contains(c);
        let host = rest.split('/').next().unwrap_or_default();
        if typed.chars().count() > CHARS_MAX || rest.contains(odd) || host.is_empty() || host.contains('@') {
            return Err(format!(
                "the address is a plain one, without a query, a name or a password in it and of at most {CHARS_MAX} characters, {example}"
            ));
        }
        let whole = |discovery: String| Ok(Self { discovery, only: None });
        match typed.rsplit_once('/') {
            // A host may be called so too.
            Some((before, last)) if last == DISCOVERY && !before.ends_with('/') => whole(typed.to_owned()),
            Some((before, last)) if before.ends_with(&format!("/{DISCOVERY}")) => {
                Ok(Self { discovery: before.to_owned(), only: Some(last.to_owned()) })
            }
            _ => whole(format!("{typed}/{DISCOVERY}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_base_a_discovery_and_one_service_lead_to_the_same_discovery() {
        let cases = [
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000/cds-services", None),
            (" http://127.0.0.1:3000/ ", "http://127.0.0.1:3000/cds-services", None),
            ("https://a.example/base", "https://a.example/base/cds-services", None),
            ("https://a.example/cds-services/", "https://a.example/cds-services", None),
            ("https://a.example/cds-services/renal", "https://a.example/cds-services", Some("renal")),
            ("https://cds-services", "https://cds-services/cds-services", None),
        ];
        for (typed, discovery, only) in cases {
            let read = Address { discovery: discovery.to_owned(), only: only.map(str::to_owned) };
            assert_eq!(Address::read(typed), Ok(read), "{typed}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        let long = format!("http://{}", "a".repeat(400));
        for typed in [
            "",
            "127.0.0.1:3000",
            "file:///etc/passwd",
            "gopher://a.example",
            "http://",
            "http:///x",
            "http://somebody:secret@a.example",
            "http://a.example/?next=http://b.example",
            "http://a.example/#x",
            "http://a.example/a b",
            "http://a.example\\@b.example",
            long.as_str(),
        ] {
            assert!(Address::read(typed).is_err(), "{typed}");
        }
    }
}
