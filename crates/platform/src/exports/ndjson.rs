use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Bytes gathered before they are written.
const BUFFER_BYTES: usize = 1 << 20;

/// A file with one JSON document on each line.
pub(super) struct Lines {
    file: BufWriter<File>,
    pub(super) count: u64,
}

impl Lines {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(BUFFER_BYTES, File::create(path)?), count: 0 })
    }

    /// Adds a document. Line breaks in it stand between its parts, since in a JSON string they are written otherwise, so
    /// that spaces say the same.
    pub(super) fn add(&mut self, document: &[u8]) -> io::Result<()> {
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let mut parts = document.split(is_break);
        self.file.write_all(parts.next().unwrap_or_default())?;
        for part in parts {
            self.file.write_all(b" ")?;
            self.file.write_all(part)?;
        }
        self.count += 1;
        self.file.write_all(b"\n")
    }

    /// Writes what is left. Returns the number of lines.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.file.flush()?;
        Ok(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ndjson");
        let mut lines = Lines::create(&path).unwrap();
        for document in ["{\"a\":1.10}", "{\n  \"a\": \"x\\ny\"\r\n}", "{}"] {
            lines.add(document.as_bytes()).unwrap();
        }
        assert_eq!(lines.finish().unwrap(), 3);
        let expected = "{\"a\":1.10}\n{   \"a\": \"x\\ny\"  }\n{}\n";
        assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
    }
}
