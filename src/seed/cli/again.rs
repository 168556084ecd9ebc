//! The command that goes on with a run.

/// Puts it together out of the one that was given. Emptying the tables once more is left out, and so is the URL, which may
/// hold a password.
pub(super) fn again(args: &[String]) -> String {
    let mut words = Vec::new();
    let mut args = args.iter().map(String::as_str).enumerate();
    while let Some((i, arg)) = args.next() {
        match arg {
            "--fresh" => {}
            "fresh" if i == 1 => words.push("run".to_owned()),
            "--database-url" => {
                args.next();
                words.extend(["--database-url".to_owned(), "URL".to_owned()]);
            }
            _ if arg.starts_with("--database-url=") => words.push("--database-url=URL".to_owned()),
            _ => words.push(quoted(arg)),
        }
    }
    words.join(" ")
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,=+@%".contains(c);
    let is_one = !word.is_empty() && word.chars().all(is_plain);
    if is_one { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(args: &[&str]) -> String {
        again(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_command_that_goes_on() {
        assert_eq!(of(&["seed"]), "seed");
        assert_eq!(of(&["seed", "fresh", "--yes"]), "seed run --yes");
        assert_eq!(of(&["seed", "--fresh", "--only", "a b,c"]), "seed --only 'a b,c'");
        assert_eq!(of(&["seed", "run", "--database-url", "postgres://a:b@c/d"]), "seed run --database-url URL");
        assert_eq!(
            of(&["seed", "--database-url=postgres://a:b@c/d", "--seed", "1"]),
            "seed --database-url=URL --seed 1"
        );
        assert_eq!(of(&["seed", "--database", "fresh"]), "seed --database fresh");
    }
}
