use ledger::bft::{Asked, Fault, VALIDATORS};

/// Which run is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The run itself.
    pub asked: Asked,
    /// How many liars the seed drew, where it did: then nobody is told who they are.
    pub drawn: Option<usize>,
}

impl Wanted {
    /// Reads `seed`, `heights`, and either `faults` (four words with commas) or `liars` (how many, drawn by the seed).
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn read(parameters: &[(String, String)]) -> Result<Self, String> {
        let given =
            |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let number = |name: &str, usual: u64, max: u64| match given(name) {
            None | Some("") => Ok(usual),
            Some(text) => match text.parse() {
                Ok(number) if number <= max => Ok(number),
                _ => Err(format!("{name} is a number from 0 to {max}")),
            },
        };
        let seed = number("seed", 1, u64::MAX)?;
        let heights = u32::try_from(number("heights", 3, 6)?.max(1)).unwrap_or(1);
        if given("liars").is_some() {
            let liars = usize::try_from(number("liars", 1, 2)?).unwrap_or(1);
            return Ok(Self { asked: Asked::drawn(seed, liars, heights), drawn: Some(liars) });
        }
        let mut faults = [Fault::Honest; VALIDATORS];
        if let Some(words) = given("faults") {
            let read: Option<Vec<Fault>> = words.split(',').map(Fault::parse).collect();
            let four = read.and_then(|faults| faults.try_into().ok());
            faults = four
                .ok_or("faults are four of honest, crashed, lagging and lying, with commas between them")?;
        }
        Ok(Self { asked: Asked { seed, faults, heights }, drawn: None })
    }
}
