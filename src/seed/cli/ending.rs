//! How the program ends: with which code, and which last words.

use super::terminal::Terminal;
use crate::seed::Failure;
use std::io;

/// The code of a run that was stopped.
pub(super) const STOPPED: u8 = 130;

/// Why it could not go on.
#[derive(Debug)]
pub(super) enum Ending {
    /// Something has failed, or was refused.
    Failed { code: u8, text: String },
    /// The command line was not understood, or help was asked for.
    Usage(clap::Error),
    /// Nobody takes what is printed.
    Output(io::Error),
}

impl Ending {
    /// The command line makes no sense.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Failed { code: 2, text: text.into() }
    }

    /// The same, with another text.
    pub(super) fn map(self, change: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Failed { code, text } => Self::Failed { code, text: change(text) },
            other => other,
        }
    }

    /// Says so.
    pub(super) fn tell(self, terminal: &mut Terminal<'_>) -> u8 {
        match self {
            Self::Failed { code, text } => {
                terminal.say(&format!("error: {}", text.trim_end()));
                code
            }
            Self::Usage(error) if error.use_stderr() => {
                terminal.say(error.render().to_string().trim_end());
                2
            }
            Self::Usage(help) => match terminal.print(help.render().to_string().trim_end()) {
                Ok(()) => 0,
                Err(why) => Self::Output(why).tell(terminal),
            },
            // Whoever read it has seen enough.
            Self::Output(why) if why.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Output(why) => {
                terminal.say(&format!("error: the output cannot be written: {why}"));
                8
            }
        }
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        let mut text = failure.to_string();
        if let Failure::Schema(_) = failure {
            text.push_str("\nmake the schema first: run the migrations, or do so in the plan's `before(..)`");
        }
        Self::Failed { code: failure.exit_code(), text }
    }
}

impl From<io::Error> for Ending {
    fn from(why: io::Error) -> Self {
        Self::Output(why)
    }
}

impl From<clap::Error> for Ending {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}
