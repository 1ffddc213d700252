/// What the editor of a new channel begins with: a channel that runs as it stands.
pub(super) const CHANNEL: &str = r#"name = "Results to the EHR"
description = "ORU messages from the laboratory, with its codes turned into LOINC, into the chart."

[source]
connector = "TCP Listener"
system = "EHR"

[[source.filter]]
name = "results only"
path = "MSH-9.1"
condition = "equals"
values = ["ORU"]

[[source.transformer]]
name = "laboratory codes to LOINC"
type = "JavaScript"
script = '''
for (const obx of msg['OBX']) {
    const code = obx['OBX.3']['OBX.3.1'].toString();
    const loinc = lookup('laboratory', code);
    if (loinc) {
        obx['OBX.3']['OBX.3.1'] = loinc;
        obx['OBX.3']['OBX.3.3'] = 'LN';
    } else {
        logger.warn('no LOINC code for ' + code);
    }
}
'''

[[destinations]]
name = "EHR"
connector = "FHIR Sender"
system = "EHR"

[[destinations.transformer]]
type = "V2 to FHIR"

[destinations.queue]
mode = "on failure"
retry_interval_s = 10
attempts_max = 20

[tables.laboratory]
K = "2823-3"
NA = "2951-2"

[alerts]
queue_depth = 20
errors = 5
"#;

/// A message that this channel takes.
pub(super) const MESSAGE: &str =
    "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|LAB0001|P|2.5.1
PID|1||90000017^^^PRACTICUM^MR||LINDQVIST^MARTA||19710314|F
OBR|1||F2001^LIS|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F
OBX|1|NM|K^Potassium^L||4.1|mmol/L^mmol/L^UCUM|3.5-5.1|N|||F|||20260301094500
";
