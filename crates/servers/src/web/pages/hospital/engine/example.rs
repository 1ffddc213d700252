/// A message to try a channel with: a result, as the laboratory sends it.
pub(super) const RESULT: &str =
    "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|LAB0001|P|2.5.1
PID|1||90000017^^^PRACTICUM^MR||LINDQVIST^MARTA||19710314|F
OBR|1||F2001^LIS|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F
OBX|1|NM|K^Potassium^L||4.1|mmol/L^mmol/L^UCUM|3.5-5.1|N|||F|||20260301094500
";
