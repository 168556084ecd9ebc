//! A file that has its name only when it is whole. Knows no format.

use crate::error::BoxError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What is written beside the file until it is finished: `posts.csv.part`
#[derive(Debug)]
pub(super) struct Part {
    out: BufWriter<File>,
    path: PathBuf,
    /// What it is called until then.
    beside: PathBuf,
    finished: bool,
}

impl Part {
    /// Begins a file. What another process left of an attempt is overwritten.
    pub(super) fn create(path: &Path) -> Result<Self, BoxError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let file = File::create(&beside).map_err(|why| failed("create", &beside, &why))?;
        Ok(Self { out: BufWriter::new(file), path: path.to_owned(), beside, finished: false })
    }

    /// Makes sure of what was written, and gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), BoxError> {
        let written = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        written.map_err(|why| failed("write", &self.beside, &why))?;
        fs::rename(&self.beside, &self.path).map_err(|why| failed("rename", &self.beside, &why))?;
        self.finished = true;
        // The name lasts when the folder does. Elsewhere a folder cannot be opened.
        if cfg!(unix) {
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(|why| failed("sync", folder, &why))?;
        }
        Ok(())
    }

    /// Adds text.
    pub(super) fn put(&mut self, text: &str) -> Result<(), BoxError> {
        self.out.write_all(text.as_bytes()).map_err(|why| failed("write", &self.beside, &why))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.finished {
            // Whoever dropped it has an error of more interest.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn failed(what: &str, path: &Path, why: &io::Error) -> BoxError {
    format!("cannot {what} {}: {why}", path.display()).into()
}
