use jiff::Timestamp;

/// Something that people meet for: a session of a learner and a mentor, a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, unique in the world.
    pub uid: String,
    /// When it was arranged or last changed, in microseconds since 1970 UTC.
    pub changed_us: i64,
    /// How often it was changed since it was arranged.
    pub revision: u32,
    /// Whether it was called off.
    pub cancelled: bool,
    /// When it begins, in microseconds since 1970 UTC.
    pub begins_us: i64,
    /// How long it takes.
    pub minutes: u32,
    /// What it is called.
    pub title: String,
    /// What is to be talked about, a line each.
    pub agenda: Vec<String>,
}

/// Sessions as an iCalendar file (RFC 5545).
///
/// Lines end with CR LF and are folded after 75 octets. A session that comes again with a higher revision replaces the one before; a calendar takes
/// one that was called off out.
#[must_use]
pub fn calendar(sessions: &[Session]) -> String {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Practicum//Sessions//EN"].map(str::to_owned);
    let events = sessions.iter().flat_map(event);
    let lines = head.into_iter().chain(events).chain(["END:VCALENDAR".to_owned()]);
    lines.map(|line| folded(&line)).collect()
}

fn event(session: &Session) -> [String; 10] {
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&session.uid)),
        format!("DTSTAMP:{}", instant(session.changed_us)),
        format!("SEQUENCE:{}", session.revision),
        format!("STATUS:{}", if session.cancelled { "CANCELLED" } else { "CONFIRMED" }),
        format!("DTSTART:{}", instant(session.begins_us)),
        format!("DURATION:PT{}M", session.minutes),
        format!("SUMMARY:{}", escaped(&session.title)),
        format!("DESCRIPTION:{}", escaped(&session.agenda.join("\n"))),
        "END:VEVENT".to_owned(),
    ]
}

fn instant(us: i64) -> String {
    let at = Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as RFC 5545, section 3.3.11 wants it. Carriage returns go: they could begin a line of their own.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace('\r', "").replace('\n', "\\n")
}

/// A line of at most 75 octets and its continuations, cut between characters (section 3.1).
fn folded(line: &str) -> String {
    let (mut folded, mut width) = (String::new(), 0);
    for character in line.chars() {
        if width + character.len_utf8() > 75 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(character);
        width += character.len_utf8();
    }
    folded + "\r\n"
}
