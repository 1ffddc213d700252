use std::net::{IpAddr, ToSocketAddrs as _};

use super::Trouble;

/// Where a run may dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Wherever this machine may: somebody runs a kit from their own command line.
    Anywhere,
    /// Not to addresses by which machines in a data centre ask about themselves: a server dials for somebody else.
    NoMachineServices,
}

impl Reach {
    /// Whether an address may be dialled.
    pub(super) fn allows(self, ip: IpAddr) -> bool {
        self == Reach::Anywhere || !is_machine_service(ip)
    }

    /// Refuses an address, `host:port`, that must not be dialled.
    ///
    /// # Errors
    /// [`Trouble::Unreachable`].
    pub fn check(self, address: &str) -> Result<(), Trouble> {
        if self == Reach::Anywhere {
            return Ok(());
        }
        // A name that leads nowhere is for whoever dials to complain of.
        let mut all = address.to_socket_addrs().into_iter().flatten();
        match all.all(|one| self.allows(one.ip())) {
            true => Ok(()),
            false => {
                Err(Trouble::Unreachable(format!("{address} is an address that is not dialled from here")))
            }
        }
    }
}

/// Link-local, unspecified and multicast addresses.
fn is_machine_service(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_link_local() || ip.is_unspecified() || ip.is_multicast() || ip.is_broadcast(),
        IpAddr::V6(ip) => ip.is_unicast_link_local() || ip.is_unspecified() || ip.is_multicast(),
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::wire::Limits;
    use crate::wire::Trouble;
    use crate::wire::http::{Client, Request};

    #[test]
    fn a_server_does_not_ask_machines_about_themselves() {
        let cases = [
            ("169.254.169.254:80", false),
            ("[fe80::1]:80", false),
            ("[::ffff:169.254.169.254]:80", false),
            ("0.0.0.0:8080", false),
            ("169.254.1.1:80", false),
            ("127.0.0.1:8080", true),
            ("10.0.0.7:443", true),
        ];
        for (address, allowed) in cases {
            assert_eq!(Reach::NoMachineServices.check(address).is_ok(), allowed, "{address}");
            assert!(Reach::Anywhere.check(address).is_ok());
        }
    }

    #[test]
    fn http_looks_names_up_once_and_dials_only_what_it_found() {
        let client = Client::new(&Limits { reach: Reach::NoMachineServices, ..Limits::default() });
        for url in [
            "http://169.254.169.254/latest/meta-data",
            "http://somebody@169.254.1.1/",
            "http://[::ffff:169.254.169.254]/",
            "http://0.0.0.0:8080/",
            // The same as a number, which the system's own lookup understands.
            "http://2852039166/",
        ] {
            let (trouble, _) = client.ask(&Request::get(url)).expect_err(url);
            assert!(matches!(&trouble, Trouble::Unreachable(_)), "{url}: {trouble}");
        }
    }
}
