//! Whether a database may be written to, or emptied: what is dangerous, and who has agreed to it.

use super::address::Address;
use super::args::Consent;
use super::environment::Environment;
use super::terminal::Terminal;
use crate::seed::Failure;
use std::fmt::Write;

/// Lets a run go on, asks, or refuses. `empties` is the number of tables that it begins with emptying.
pub(super) fn allow(
    address: &Address,
    consent: &Consent,
    empties: Option<usize>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Failure> {
    let dangers = dangers(address, &terminal.environment);
    if !dangers.is_empty() && !consent.force {
        let mut why = format!("refused to write to {}", address.shown);
        for danger in &dangers {
            let _ = write!(why, "\n  {danger}");
        }
        why.push_str("\nif it is meant, say --force; the database's name has to be typed, or given as --database NAME");
        return Err(refused(why));
    }
    if let Some(name) = &consent.database {
        if *name != address.name {
            return Err(refused(format!("refused: `--database {name}` is not the name of {}", address.shown)));
        }
        return Ok(());
    }
    if dangers.is_empty() && (empties.is_none() || consent.yes) {
        return Ok(());
    }
    let act = match empties {
        Some(1) => "empty 1 table".to_owned(),
        Some(tables) => format!("empty {tables} tables"),
        None => "write to it".to_owned(),
    };
    if !terminal.asks {
        let instead =
            if dangers.is_empty() { "--yes, or --database NAME" } else { "--database NAME, the database's name" };
        return Err(refused(format!("refused to {act}: {}\nthere is nobody to ask: add {instead}", address.shown)));
    }
    for danger in &dangers {
        terminal.say(danger);
    }
    match terminal.ask(&format!("{}\ntype the database's name to {act}: ", address.shown)) {
        Some(answer) if answer == address.name => Ok(()),
        _ => Err(refused("refused: that is not its name; nothing was written".to_owned())),
    }
}

/// What speaks against writing to it.
fn dangers(address: &Address, environment: &Environment) -> Vec<String> {
    let hosts = address.elsewhere().map(|host| format!("`{host}` is not known to be this machine"));
    let says = environment.production().map(|(name, value)| format!("the variable {name} is `{value}`"));
    hosts.chain(says).collect()
}

fn refused(why: String) -> Failure {
    Failure::Refused(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: &str = "postgres://alice:secret@localhost/app";
    const REMOTE: &str = "postgres://alice:secret@db.example.com/app";

    fn consent(force: bool, yes: bool, database: Option<&str>) -> Consent {
        Consent { force, yes, database: database.map(str::to_owned) }
    }

    /// What comes of it, where somebody answers this, or nobody does.
    fn outcome(url: &str, consent: &Consent, empties: Option<usize>, answer: Option<&str>) -> Result<(), String> {
        outcome_in(&[], url, consent, empties, answer)
    }

    fn outcome_in(
        variables: &[(&str, &str)],
        url: &str,
        consent: &Consent,
        empties: Option<usize>,
        answer: Option<&str>,
    ) -> Result<(), String> {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let typed = answer.unwrap_or_default().to_owned();
        let mut input = typed.as_bytes();
        let mut terminal = Terminal::new(&mut out, &mut err, &mut input).environment(variables.iter().copied());
        if answer.is_some() {
            terminal = terminal.asking();
        }
        let address = Address::of(url, &terminal.environment);
        let allowed = allow(&address, consent, empties, &mut terminal).map_err(|why| why.to_string());
        assert!(!format!("{allowed:?}{}", String::from_utf8_lossy(&err)).contains("secret"));
        allowed
    }

    #[test]
    fn a_local_database_is_written_to() {
        assert_eq!(outcome(LOCAL, &consent(false, false, None), None, None), Ok(()));
        assert_eq!(outcome(LOCAL, &consent(false, false, Some("app")), None, None), Ok(()));
        assert!(outcome(LOCAL, &consent(false, false, Some("other")), None, None).is_err());
    }

    #[test]
    fn it_is_emptied_once_somebody_agrees() {
        let empties = Some(2);
        assert!(outcome(LOCAL, &consent(false, false, None), empties, None).unwrap_err().contains("--yes"));
        assert_eq!(outcome(LOCAL, &consent(false, true, None), empties, None), Ok(()));
        assert_eq!(outcome(LOCAL, &consent(false, false, Some("app")), empties, None), Ok(()));
        assert_eq!(outcome(LOCAL, &consent(false, false, None), empties, Some("app\n")), Ok(()));
        for wrong in ["yes\n", "", "\n", "APP\n"] {
            assert!(outcome(LOCAL, &consent(false, false, None), empties, Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn another_machine_needs_force_and_the_name() {
        for empties in [None, Some(1)] {
            assert!(outcome(REMOTE, &consent(false, true, Some("app")), empties, Some("app\n")).is_err());
            assert!(outcome(REMOTE, &consent(true, true, None), empties, None).is_err());
            assert!(outcome(REMOTE, &consent(true, true, Some("other")), empties, Some("app\n")).is_err());
            assert!(outcome(REMOTE, &consent(true, true, None), empties, Some("other\n")).is_err());
            assert_eq!(outcome(REMOTE, &consent(true, false, None), empties, Some("app\n")), Ok(()));
            assert_eq!(outcome(REMOTE, &consent(true, false, Some("app")), empties, None), Ok(()));
        }
    }

    #[test]
    fn so_does_production() {
        let live = [("APP_ENV", "production")];
        let refused = outcome_in(&live, LOCAL, &consent(false, true, None), None, None).unwrap_err();
        assert!(refused.contains("APP_ENV") && refused.contains("--force"), "{refused}");
        assert!(outcome_in(&live, LOCAL, &consent(true, true, None), None, None).is_err());
        assert_eq!(outcome_in(&live, LOCAL, &consent(true, false, Some("app")), None, None), Ok(()));
        assert!(outcome_in(&live, "sqlite:dev.db", &consent(false, false, None), None, None).is_err());
    }
}
