//! Problems between systems: on the wire, and in what interfaces run on.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use standards::hl7::message::{Message, Path};

use super::FaultError;
use crate::random::Key;
use crate::systems::Answer;

/// A problem between systems, as a lab declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transit {
    /// The interface it is on.
    pub interface: String,
    /// The event it is about, such as `ORU^R01`; all that the interface carries when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// It strikes one message in so many, 1 to 1000; which ones is drawn from the seed.
    #[serde(default = "every")]
    pub one_in: u32,
    /// What it does.
    #[serde(flatten)]
    pub strike: Strike,
}

/// What a problem does to a message, or to a whole interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Strike {
    /// The message is lost, and nobody is told.
    LoseMessage,
    /// It goes out twice.
    DoubleMessage,
    /// Every OBX-6 says this unit; the value stays as it is.
    BadUnit {
        /// The unit.
        unit: String,
    },
    /// All segments of this name are missing.
    MissingSegment {
        /// Three letters.
        segment: String,
    },
    /// Every code of the field says another code.
    WrongCode {
        /// The code that is replaced.
        code: String,
        /// What stands there instead.
        by: String,
    },
    /// The sender's clock is so many minutes off; MSH-7 shows it.
    ClockDrift {
        /// Minutes, positive for a clock that is fast.
        minutes: i64,
    },
    /// The receiver works with the message, and its acknowledgement comes too late: the sender has given up waiting and sends
    /// the same again, numbered anew.
    LateAck,
    /// The receiver answers AE, and works with nothing.
    AnswerError {
        /// What it says in MSA-3.
        reason: String,
    },
    /// The receiver answers AR, and works with nothing.
    AnswerReject {
        /// What it says in MSA-3.
        reason: String,
    },
    /// The queue stands still.
    QueueStall,
    /// The receiver's certificate has expired.
    ExpiredCertificate,
    /// The receiver's disk is full.
    FullDisk,
    /// The account with which the sender signs in at the receiver is locked.
    LockedAccount,
}

/// What a receiver that meets a problem does with a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Met {
    /// What it always does.
    Nothing,
    /// It works with it, and its acknowledgement comes too late.
    Late,
    /// It answers so, and works with nothing.
    Answered(Answer),
}

/// What becomes of a message that meets a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Struck {
    /// It goes on as it is.
    Missed,
    /// It is lost.
    Lost,
    /// It goes out twice.
    Doubled,
    /// It goes out with these bytes.
    Changed(Vec<u8>),
}

const fn every() -> u32 {
    1
}

impl Transit {
    /// Reads a `[[fault]]` table of layer `wire` or `platform`, already turned into JSON with its params filled in.
    ///
    /// # Errors
    /// [`FaultError`] for a table that has not the shape of its fault, or values out of range.
    pub fn parse(table: &Value) -> Result<Self, FaultError> {
        let mut table = table.clone();
        let layer = table["layer"].as_str().unwrap_or_default().to_owned();
        if let Some(members) = table.as_object_mut() {
            members.retain(|name, _| !super::fault::OUTER.contains(&name.as_str()));
        }
        let shape = |error: serde_json::Error| FaultError::Shape(error.to_string());
        let fault: Self = serde_json::from_value(table).map_err(shape)?;
        let wanted = fault.strike.layer();
        if layer != wanted {
            return Err(FaultError::Shape(format!("this fault is of layer \"{wanted}\"")));
        }
        if !(1..=1000).contains(&fault.one_in) {
            return Err(FaultError::Shape(format!("one_in is {}: give 1 to 1000", fault.one_in)));
        }
        Ok(fault)
    }

    /// What the receiver does with a message it is handed: the same for the same seed and control id.
    pub fn meet(&self, seed: u64, message: &Message) -> Met {
        let about = self.event.as_ref().is_none_or(|event| *event == message.kind());
        let mut stream = Key::new(seed).name("meet").name(&message.control_id()).stream();
        if !about || stream.below(self.one_in as usize) != 0 {
            return Met::Nothing;
        }
        match &self.strike {
            Strike::LateAck => Met::Late,
            Strike::AnswerError { reason } => Met::Answered(Answer::error(reason.clone())),
            Strike::AnswerReject { reason } => Met::Answered(Answer::reject(reason.clone())),
            _ => Met::Nothing,
        }
    }

    /// What becomes of the `nth` message that this interface carries: the same for the same seed.
    pub fn strike(&self, seed: u64, nth: u64, message: &Message) -> Struck {
        let about = self.event.as_ref().is_none_or(|event| *event == message.kind());
        let mut stream = Key::new(seed).name("transit").name(&self.interface).number(nth).stream();
        if !about || stream.below(self.one_in as usize) != 0 {
            return Struck::Missed;
        }
        match &self.strike {
            Strike::LoseMessage => Struck::Lost,
            Strike::DoubleMessage => Struck::Doubled,
            strike => strike
                .changed(message)
                .map_or(Struck::Missed, |changed| Struck::Changed(changed.into_bytes())),
        }
    }
}

impl Strike {
    /// Why an interface carries nothing, in a word and in a sentence, for what strikes a whole interface.
    pub fn standing(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::QueueStall => Some(("stalled", "The sender's thread waits for an answer that never came.")),
            Self::ExpiredCertificate => {
                Some(("expired", "The receiver's certificate has expired; the handshake is refused."))
            }
            Self::LockedAccount => {
                Some(("locked", "The receiver refuses the sender's sign-in: its account is locked."))
            }
            Self::FullDisk => {
                Some(("full", "The receiver's disk is full; it closes the connection before it answers."))
            }
            _ => None,
        }
    }

    /// The layer it belongs to.
    fn layer(&self) -> &'static str {
        match self {
            Self::LockedAccount => "access",
            _ if self.standing().is_some() => "platform",
            _ => "wire",
        }
    }

    /// The message with what this does to it; `None` where there is nothing to do it to.
    fn changed(&self, message: &Message) -> Option<Message> {
        let mut changed = message.clone();
        match self {
            Self::BadUnit { unit } => {
                let count = message.segments_named("OBX").count();
                for nth in (1_u16..).take(count) {
                    changed.set(&Path::field("OBX", 6).in_occurrence(nth), unit).ok()?;
                }
            }
            Self::MissingSegment { segment } => {
                let places: Vec<usize> = message.segments_named(segment).map(|one| one.index()).collect();
                for place in places.into_iter().rev() {
                    changed.remove_segment(place).ok()?;
                }
            }
            Self::WrongCode { code, by } => replace_code(message, &mut changed, code, by)?,
            Self::ClockDrift { minutes } => {
                return drift_s(message, minutes * 60).and_then(|bytes| Message::parse(bytes).ok());
            }
            _ => return None,
        }
        (changed.bytes() != message.bytes()).then_some(changed)
    }
}

/// Puts another code where one stands: in what was ordered, observed, prescribed or charged.
fn replace_code(message: &Message, changed: &mut Message, code: &str, by: &str) -> Option<()> {
    for (segment, field) in [("OBR", 4), ("OBX", 3), ("RXE", 2), ("FT1", 7)] {
        let found: Vec<bool> = message
            .segments_named(segment)
            .map(|one| one.field(field).is_some_and(|field| field.text() == code))
            .collect();
        for (nth, _) in (1_u16..).zip(found).filter(|(_, found)| *found) {
            let first = Path { component: Some(1), ..Path::field(segment, field).in_occurrence(nth) };
            changed.set(&first, by).ok()?;
        }
    }
    Some(())
}

/// The message with an MSH-7 that is so many seconds off.
pub(super) fn drift_s(message: &Message, off_s: i64) -> Option<Vec<u8>> {
    let mut changed = message.clone();
    changed.set(&Path::field("MSH", 7), &drift(&message.header_text(7), off_s)?).ok()?;
    (changed.bytes() != message.bytes()).then(|| changed.into_bytes())
}

/// A moment as MSH-7 writes it, so many seconds later.
fn drift(text: &str, off_s: i64) -> Option<String> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let date = format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    let days = i64::from(crate::calendar::Date::parse(&date)?.days());
    let seconds = part(8, 10)? * 3600 + part(10, 12)? * 60 + part(12, 14)?;
    let us = days * crate::calendar::DAY_US + (seconds + off_s) * crate::calendar::SECOND_US;
    let digits: String = crate::calendar::instant_text(us).chars().filter(char::is_ascii_digit).collect();
    Some(format!("{digits}{}", text.get(14..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn result() -> Message {
        let text = "MSH|^~\\&|LIS|A|EHR|A|20310304060000+0000||ORU^R01|1|P|2.5.1\rPID|1||1\rOBR|1|a||2823-3^Potassium^LN\r\
            OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L\rNTE|1||late\r";
        Message::parse(text).unwrap()
    }

    fn fault(table: &Value) -> Transit {
        Transit::parse(table).unwrap()
    }

    #[test]
    fn each_strike_does_what_it_says_and_no_more() {
        for (table, from, to) in [
            (json!({"do": "bad-unit", "unit": "mg/dL"}), "|4.1|mmol/L", "|4.1|mg/dL"),
            (json!({"do": "missing-segment", "segment": "NTE"}), "NTE|1||late\r", ""),
            (json!({"do": "wrong-code", "code": "2823-3", "by": "K"}), "2823-3^", "K^"),
            (json!({"do": "clock-drift", "minutes": 61}), "20310304060000+0000", "20310304070100+0000"),
        ] {
            let mut table = table;
            table["layer"] = "wire".into();
            table["interface"] = "results-lis".into();
            let expected = String::from_utf8(result().into_bytes()).unwrap().replace(from, to);
            assert_eq!(
                fault(&table).strike(1, 1, &result()),
                Struck::Changed(expected.into_bytes()),
                "{table}"
            );
        }
    }

    #[test]
    fn one_in_so_many_is_struck_and_always_the_same_ones() {
        let fault =
            fault(&json!({"layer": "wire", "do": "lose-message", "interface": "results-lis", "one_in": 4}));
        let struck = |seed: u64| -> Vec<bool> {
            (0..4000).map(|nth| fault.strike(seed, nth, &result()) == Struck::Lost).collect()
        };
        let count = struck(1).iter().filter(|struck| **struck).count();
        assert!((850..1150).contains(&count), "{count}");
        assert_eq!(struck(1), struck(1));
        assert_ne!(struck(1), struck(2));
        let other = Transit { event: Some("ADT^A01".to_owned()), ..fault };
        assert_eq!(other.strike(1, 1, &result()), Struck::Missed);
    }

    #[test]
    fn a_receiver_meets_what_is_placed_there() {
        let with = |text: &str| {
            let mut table: Value = serde_json::from_str(text).unwrap();
            table["layer"] = "wire".into();
            table["interface"] = "results-lis".into();
            fault(&table).meet(1, &result())
        };
        assert_eq!(with(r#"{"do": "late-ack"}"#), Met::Late);
        assert_eq!(
            with(r#"{"do": "answer-error", "reason": "locked"}"#),
            Met::Answered(Answer::error("locked".into()))
        );
        assert_eq!(
            with(r#"{"do": "answer-reject", "reason": "no"}"#),
            Met::Answered(Answer::reject("no".into()))
        );
        assert_eq!(with(r#"{"do": "answer-reject", "reason": "no", "event": "ADT^A01"}"#), Met::Nothing);
        assert_eq!(with(r#"{"do": "lose-message"}"#), Met::Nothing);
    }

    #[test]
    fn what_is_no_fault_is_told() {
        for table in [
            json!({"layer": "platform", "do": "lose-message", "interface": "a"}),
            json!({"layer": "wire", "do": "queue-stall", "interface": "a"}),
            json!({"layer": "platform", "do": "locked-account", "interface": "a"}),
            json!({"layer": "wire", "do": "answer-error", "interface": "a"}),
            json!({"layer": "wire", "do": "lose-message"}),
            json!({"layer": "wire", "do": "burn", "interface": "a"}),
            json!({"layer": "wire", "do": "lose-message", "interface": "a", "one_in": 0}),
        ] {
            assert!(Transit::parse(&table).is_err(), "{table}");
        }
    }
}
