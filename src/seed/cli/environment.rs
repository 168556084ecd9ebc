//! The variables that a program sees: those of its process, and below them those of `.env`.

use std::collections::BTreeMap;
use std::io::Read;

/// What a database's URL is looked up as.
pub(super) const URL: &str = "DATABASE_URL";

/// Variables with their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Those of the process, without what is no text.
    pub(super) fn of_process() -> Self {
        let text =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self(text.collect())
    }

    /// These.
    pub(super) fn of<K: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (K, V)>) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The value of a variable, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Adds those of the nearest `.env`, in this folder or above it, where they are not set yet. Says what could not be
    /// read.
    pub(super) fn add_dotenv(&mut self) -> Option<String> {
        match dotenvy::dotenv_iter() {
            Ok(lines) => self.add(lines),
            Err(why) if why.not_found() => None,
            Err(dotenvy::Error::Io(why)) => Some(format!("`.env` cannot be read: {why}")),
            Err(_) => Some("`.env` cannot be read".to_owned()),
        }
    }

    /// A line that cannot be read may hold a secret, so it is not shown.
    fn add<R: Read>(&mut self, lines: dotenvy::Iter<R>) -> Option<String> {
        let mut unread = 0;
        for line in lines {
            match line {
                Ok((name, value)) => drop(self.0.entry(name).or_insert(value)),
                Err(dotenvy::Error::Io(why)) => return Some(format!("`.env` cannot be read: {why}")),
                Err(_) => unread += 1,
            }
        }
        let lines = if unread == 1 { "a line".to_owned() } else { format!("{unread} lines") };
        (unread > 0).then(|| format!("{lines} of `.env` cannot be read; values with spaces need quotes"))
    }

    /// The variables that say that this is no place to play: those called `ENV` or `.._ENV` that are `production` or
    /// `prod`.
    pub(super) fn production(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_one = |name: &str| {
            let name = name.to_ascii_uppercase();
            name == "ENV" || name.ends_with("_ENV")
        };
        let says_so = |value: &str| ["production", "prod"].iter().any(|word| value.trim().eq_ignore_ascii_case(word));
        let all = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(move |(name, value)| is_one(name) && says_so(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_is_seen_under_any_name() {
        let found = |name: &str, value: &str| Environment::of([(name, value)]).production().count() == 1;
        for name in ["ENV", "APP_ENV", "RAILS_ENV", "RUST_ENV", "NODE_ENV", "app_env"] {
            assert!(found(name, "production") && found(name, "prod") && found(name, "Production "), "{name}");
            assert!(!found(name, "development") && !found(name, "") && !found(name, "preprod"), "{name}");
        }
        assert!(!found("ENVIRONMENT", "production") && !found("MYENV", "production"));
    }

    #[test]
    fn what_is_set_goes_before_what_a_file_says() {
        let mut environment = Environment::of([("A", "process")]);
        let file = "A=file\nB='two words'\nC=two words\n";
        let unread = environment.add(dotenvy::from_read_iter(file.as_bytes()));
        assert_eq!((environment.get("A"), environment.get("B")), (Some("process"), Some("two words")));
        assert!(unread.is_some_and(|unread| unread.starts_with("a line of")));
    }

    #[test]
    fn an_empty_variable_is_none() {
        assert_eq!(Environment::of([("A", "")]).get("A"), None);
    }
}
