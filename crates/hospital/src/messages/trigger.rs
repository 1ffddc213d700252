/// Why a message is sent (MSH-9, HL7 table 0003).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// MSH-9.1 and MSH-9.2, such as `ADT^A01`.
    pub name: &'static str,
    /// MSH-9.3, such as `ADT_A01`.
    pub structure: &'static str,
    /// What happened, in a few words.
    pub title: &'static str,
    /// The first version that has it, and what says the same before; none for those as old as version 2.3.
    pub(super) since: Option<(&'static str, &'static str)>,
}

impl Trigger {
    /// The trigger of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TRIGGERS.iter().find(|trigger| trigger.name == name)
    }

    /// The event that says the same to systems which never learnt this one: A34 merges by number what A40 merges by list
    /// of identifiers (HL7 v2.5.1, 3.3.34 and 3.3.40).
    #[must_use]
    pub fn forerunner(&self) -> Option<&'static Self> {
        (self.name == "ADT^A40").then(|| Self::named("ADT^A34")).flatten()
    }

    /// MSH-9.1.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.name.split_once('^').map_or(self.name, |(code, _)| code)
    }

    /// MSH-9.2.
    #[must_use]
    pub fn event(&self) -> &'static str {
        self.name.split_once('^').map_or("", |(_, event)| event)
    }
}

const fn old(name: &'static str, structure: &'static str, title: &'static str) -> Trigger {
    Trigger { name, structure, title, since: None }
}

/// All triggers that messages are written for.
pub const TRIGGERS: [Trigger; 26] = [
    old("ADT^A01", "ADT_A01", "admitted"),
    old("ADT^A02", "ADT_A02", "transferred"),
    old("ADT^A03", "ADT_A03", "discharged"),
    old("ADT^A04", "ADT_A01", "registered for a visit"),
    old("ADT^A05", "ADT_A05", "pre-admitted"),
    old("ADT^A06", "ADT_A06", "an outpatient becomes an inpatient"),
    old("ADT^A07", "ADT_A06", "an inpatient becomes an outpatient"),
    old("ADT^A08", "ADT_A01", "information changed"),
    old("ADT^A11", "ADT_A09", "admission cancelled"),
    old("ADT^A12", "ADT_A12", "transfer cancelled"),
    old("ADT^A13", "ADT_A01", "discharge cancelled"),
    old("ADT^A28", "ADT_A05", "person added"),
    old("ADT^A31", "ADT_A05", "person changed"),
    old("ADT^A34", "ADT_A30", "two records merged, by number"),
    old("ADT^A40", "ADT_A39", "two records merged"),
    old("ORM^O01", "ORM_O01", "ordered"),
    Trigger {
        name: "OML^O21",
        structure: "OML_O21",
        title: "laboratory test ordered",
        since: Some(("2.4", "ORM^O01")),
    },
    old("ORU^R01", "ORU_R01", "resulted"),
    Trigger {
        name: "RDE^O11",
        structure: "RDE_O11",
        title: "medicine ordered",
        since: Some(("2.4", "ORM^O01")),
    },
    old("SIU^S12", "SIU_S12", "appointment booked"),
    old("SIU^S13", "SIU_S12", "appointment moved"),
    old("SIU^S14", "SIU_S12", "appointment changed"),
    old("SIU^S15", "SIU_S12", "appointment cancelled"),
    old("DFT^P03", "DFT_P03", "charged"),
    old("MDM^T02", "MDM_T02", "document written"),
    old("VXU^V04", "VXU_V04", "vaccinated"),
];
