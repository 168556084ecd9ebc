//! Which of several parts this run is, as said on the command line or by what has started it.

use super::environment::Environment;

/// What is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shard {
    /// One of so many, counted from 0.
    Part(u64, u64),
    /// What the environment says.
    Auto,
}

/// Reads `3/16` or `auto`.
pub(super) fn parse(text: &str) -> Result<Shard, String> {
    if text == "auto" {
        return Ok(Shard::Auto);
    }
    let read = |number: &str| number.trim().parse::<u64>().ok();
    let Some((shard, of)) = text.split_once('/').and_then(|(shard, of)| read(shard).zip(read(of))) else {
        return Err("write it as `3/16`, the fourth of 16 parts, or as `auto`".to_owned());
    };
    part(shard, of).map(|(shard, of)| Shard::Part(shard, of))
}

fn part(shard: u64, of: u64) -> Result<(u64, u64), String> {
    match of {
        0 => Err("there has to be at least one part: `0/1`".to_owned()),
        _ if shard >= of => Err(format!(
            "there is no part {shard} of {of}: they are counted from 0, so the last one is {}/{of}",
            of - 1
        )),
        _ => Ok((shard, of)),
    }
}

/// What starts several runs of one program, and in which variables it says which one this is.
struct Starter {
    name: &'static str,
    index: &'static str,
    /// The variable that says the first index, or the first index itself.
    first: Result<&'static str, u64>,
    count: &'static str,
}

const STARTERS: [Starter; 6] = [
    Starter {
        name: "Slurm",
        index: "SLURM_ARRAY_TASK_ID",
        first: Ok("SLURM_ARRAY_TASK_MIN"),
        count: "SLURM_ARRAY_TASK_COUNT",
    },
    Starter { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", first: Err(0), count: "JOB_COMPLETIONS" },
    Starter { name: "Cloud Run", index: "CLOUD_RUN_TASK_INDEX", first: Err(0), count: "CLOUD_RUN_TASK_COUNT" },
    Starter { name: "GitLab", index: "CI_NODE_INDEX", first: Err(1), count: "CI_NODE_TOTAL" },
    Starter {
        name: "Buildkite",
        index: "BUILDKITE_PARALLEL_JOB",
        first: Err(0),
        count: "BUILDKITE_PARALLEL_JOB_COUNT",
    },
    Starter { name: "CircleCI", index: "CIRCLE_NODE_INDEX", first: Err(0), count: "CIRCLE_NODE_TOTAL" },
];

/// How many of them start runs for nothing but their part of the work.
const SCHEDULERS: usize = 3;

/// What a scheduler of jobs says of it, if one has started this run. A pipeline does not: it may start a program in each of
/// its parallel jobs for other reasons.
pub(super) fn of_job(environment: &Environment) -> Result<Option<(u64, u64)>, String> {
    let is_job = STARTERS[..SCHEDULERS].iter().any(|starter| environment.get(starter.index).is_some());
    if is_job { from_environment(environment).map(Some) } else { Ok(None) }
}

/// What the environment says of it.
pub(super) fn from_environment(environment: &Environment) -> Result<(u64, u64), String> {
    let Some(starter) = STARTERS.iter().find(|starter| environment.get(starter.index).is_some()) else {
        let known: Vec<_> = STARTERS.iter().map(|starter| format!("{} ({})", starter.index, starter.name)).collect();
        return Err(format!("`--shard auto` finds none of {}; say it as `--shard 3/16`", known.join(", ")));
    };
    let number = |variable: &str| {
        let Some(text) = environment.get(variable) else {
            let Starter { name, index, .. } = starter;
            return Err(format!(
                "{index} of {name} is set, but {variable} is not: set it to the number of parts, or say `--shard I/N`"
            ));
        };
        text.parse::<u64>().map_err(|_| format!("{variable} is `{text}`, which is no number"))
    };
    let (index, count) = (number(starter.index)?, number(starter.count)?);
    let first = starter.first.map_or_else(Ok, number)?;
    let below = || format!("{} is {index}, which is below the first, {first}", starter.index);
    part(index.checked_sub(first).ok_or_else(below)?, count)
        .map_err(|why| format!("{why} (as {} and {} say)", starter.index, starter.count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_0() {
        assert_eq!(parse("0/1"), Ok(Shard::Part(0, 1)));
        assert_eq!(parse("15/16"), Ok(Shard::Part(15, 16)));
        assert_eq!(parse("auto"), Ok(Shard::Auto));
        assert!(parse("5/4").unwrap_err().contains("the last one is 3/4"));
        assert!(parse("4/4").is_err());
        for wrong in ["", "1", "/", "a/b", "-1/4", "1/4/2", "0/0", "1.5/4"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    fn auto<const N: usize>(variables: [(&str, &str); N]) -> Result<(u64, u64), String> {
        from_environment(&Environment::of(variables))
    }

    #[test]
    fn the_environment_says_which() {
        assert_eq!(auto([("JOB_COMPLETION_INDEX", "3"), ("JOB_COMPLETIONS", "8")]), Ok((3, 8)));
        assert_eq!(auto([("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "2")]), Ok((0, 2)));
        assert_eq!(auto([("BUILDKITE_PARALLEL_JOB", "1"), ("BUILDKITE_PARALLEL_JOB_COUNT", "2")]), Ok((1, 2)));
        let slurm =
            |id| auto([("SLURM_ARRAY_TASK_ID", id), ("SLURM_ARRAY_TASK_MIN", "1"), ("SLURM_ARRAY_TASK_COUNT", "4")]);
        assert_eq!(slurm("1"), Ok((0, 4)));
        assert_eq!(slurm("4"), Ok((3, 4)));
        assert!(slurm("0").unwrap_err().contains("below the first"));
        assert!(slurm("7").unwrap_err().contains("there is no part 6 of 4"), "an array with gaps");
    }

    #[test]
    fn a_scheduler_of_jobs_need_not_be_named() {
        let job = |variables: [(&str, &str); 2]| of_job(&Environment::of(variables));
        assert_eq!(job([("JOB_COMPLETION_INDEX", "3"), ("JOB_COMPLETIONS", "8")]), Ok(Some((3, 8))));
        assert_eq!(job([("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "2")]), Ok(None));
        assert!(job([("JOB_COMPLETION_INDEX", "3"), ("OTHER", "8")]).is_err());
    }

    #[test]
    fn an_environment_that_says_half_is_refused() {
        assert!(auto([]).unwrap_err().contains("--shard 3/16"));
        assert!(auto([("JOB_COMPLETION_INDEX", "3")]).unwrap_err().contains("JOB_COMPLETIONS is not"));
        assert!(auto([("CI_NODE_INDEX", "x"), ("CI_NODE_TOTAL", "2")]).unwrap_err().contains("no number"));
        assert!(auto([("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "2")]).is_err());
    }
}
