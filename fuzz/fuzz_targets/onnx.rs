//! ONNX: any bytes are a model whose risks are from 0 to 1, or refused in words; a model is asked about whole rows and about gaps.
#![no_main]

use libfuzzer_sys::fuzz_target;
use models::Table;
use models::onnx::Network;

fuzz_target!(|bytes: &[u8]| {
    match Network::read(bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(network) => {
            let column = |at: usize| (format!("x{at}"), vec![0.0, -1.5, 1e30, f64::NAN]);
            let Ok(table) = Table::new((0..network.columns().count()).map(column).collect()) else { return };
            if let Ok(risks) = network.risks(&table) {
                assert!(risks.iter().all(|risk| (0.0..=1.0).contains(risk)));
            }
        }
    }
});
