use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

/// Where the kernel keeps this machine's name.
const NAME_FILE: &str = "/proc/sys/kernel/hostname";
/// An address of a private network. Nothing is sent there: asking for the way to it tells our own address.
const SOMEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(10, 255, 255, 255), 9);

/// What other devices may call this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// Names, `localhost` first.
    pub(super) dns: Vec<String>,
    /// Addresses in local networks.
    pub(super) addresses: Vec<IpAddr>,
}

/// The names of this machine: its own in the local domain, and its addresses.
pub(super) fn names(listen: IpAddr) -> Names {
    let own = std::fs::read_to_string(NAME_FILE).unwrap_or_default();
    let way = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(SOMEWHERE)?;
        socket.local_addr()
    });
    of(own.trim(), listen, way.map(|at: SocketAddr| at.ip()).ok())
}

fn of(own: &str, listen: IpAddr, outward: Option<IpAddr>) -> Names {
    let mut dns = vec!["localhost".to_owned()];
    // Only the first label: the rest is a domain of somebody's, which this authority may not certify.
    let label = own.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if !label.is_empty()
        && label != "localhost"
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        dns.push(format!("{label}.local"));
    }
    let mut addresses = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    for one in [Some(listen), outward].into_iter().flatten() {
        if is_local(one) && !addresses.contains(&one) {
            addresses.push(one);
        }
    }
    Names { dns, addresses }
}

/// Whether an address is one of a local network (RFC 1918, RFC 3927), which the authority may certify.
fn is_local(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(v4) if v4.is_loopback() || v4.is_private() || v4.is_link_local())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_machine_is_called_by_its_own_name_and_its_local_addresses() {
        let names = of("Skills-Lab.example.org", v4("0.0.0.0"), Some(v4("192.168.4.7")));
        assert_eq!(names.dns, ["localhost", "skills-lab.local"]);
        assert_eq!(names.addresses, [v4("127.0.0.1"), v4("192.168.4.7")]);
    }

    #[test]
    fn what_is_no_local_name_or_address_is_left_out() {
        let names = of("bad name!", v4("203.0.113.9"), Some(v4("127.0.0.1")));
        assert_eq!(names, Names { dns: vec!["localhost".to_owned()], addresses: vec![v4("127.0.0.1")] });
    }
}
