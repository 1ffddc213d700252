//! How many messages a channel with a script takes through in a second, on one core.
//!
//! `cargo run --release --example transform_speed -p channels [MESSAGES]`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and stops where it cannot go on"
)]

use std::time::Instant;

use channels::{Limits, Program, Received, process};

const MESSAGE: &str = "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|88|P|2.5.1\r\
PID|1||10000017^^^PRACTICUM^MR||LINDQVIST^MARTA||19710314|F|||12 LARK ROW^^RIVERTON^OR^97000\r\
PV1|1|I|4EAST^402^1||||1234567893^OKORO^JAMES|||||||||||||V55001\r\
OBR|1|P100|F200|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F\r\
OBX|1|NM|K^Potassium^99LAB||6.10|mmol/L||HH|||F\rOBX|2|NM|NA^Sodium^99LAB||140|mmol/L|||||F\r\
OBX|3|NM|CL^Chloride^99LAB||101|mmol/L|||||F\rOBX|4|NM|CR^Creatinine^99LAB||1.1|mg/dL|||||F\r";

const SCRIPT: &str = "name = 'codes'\n[source]\n[[source.filter]]\npath = 'MSH-9.1'\ncondition = 'equals'\nvalues = ['ORU']\n\
[[source.transformer]]\nscript = '''\nfor (const obx of msg['OBX']) {\n\
  const code = obx['OBX.3']['OBX.3.1'].toString();\n  obx['OBX.3']['OBX.3.1'] = lookup('local-lab', code) ?? code;\n}\n\
msg['MSH']['MSH.5'] = 'CHART';\nchannelMap.put('mrn', msg['PID']['PID.3']['PID.3.1'].toString());\n'''\n\
[[destinations]]\nname = 'D'\nsystem = 'EHR'\n[tables.local-lab]\nK = '2823-3'\nNA = '2951-2'\nCL = '2075-0'\n";

const FHIR: &str = "name = 'fhir'\n[source]\n[[destinations]]\nname = 'D'\nconnector = 'FHIR Sender'\nsystem = 'EHR'\n\
[[destinations.transformer]]\ntype = 'V2 to FHIR'\n";

fn main() {
    let messages: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(20_000);
    for (name, text) in [("script over 4 results", SCRIPT), ("V2 to FHIR", FHIR)] {
        let limits = Limits::default();
        let program = Program::compile(text, &limits).unwrap();
        let one = |seed: u64| {
            let received = Received { raw: MESSAGE.as_bytes(), source_map: [].into(), now_us: 0, seed };
            let outcome = process(&program, &received, &limits);
            assert_eq!(outcome.troubles().next(), None);
        };
        (0..100).for_each(one);
        let start = Instant::now();
        (0..u64::from(messages)).for_each(one);
        let seconds = start.elapsed().as_secs_f64();
        println!("{name}: {:.0} messages a second", f64::from(messages) / seconds);
    }
}
