//! Types as the server has them, told apart as far as their binary forms matter. Asks for nothing by itself.

/// One type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    /// Its number; of a domain, the number of what it is a domain of.
    pub(super) oid: u32,
    pub(super) form: Form,
    /// What it is called, domain or not.
    pub(super) name: String,
}

/// What its values look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// So many bytes, the highest first.
    Integer(Width),
    /// Four bytes.
    Float,
    /// Eight bytes.
    Double,
    /// A text, NUL excluded.
    Text,
    /// The label.
    Enum,
    /// A text.
    Json,
    /// A text behind the number of a version.
    Jsonb,
    /// Fields, each behind the number of its type.
    Composite,
    /// Elements behind the number of their type.
    Array { element: u32, of: Element },
    /// Whatever it is, it is the same for each value of this type.
    Own,
}

/// What the elements of an array look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Text,
    Enum,
    Composite,
    Own,
}

/// How many bytes an integer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Two = 2,
    Four = 4,
    Eight = 8,
}

impl Form {
    /// By its number, its name and what `pg_type.typtype` says: <https://www.postgresql.org/docs/current/catalog-pg-type.html>
    pub(super) fn of(oid: u32, name: &str, how: &str) -> Self {
        match (how, oid) {
            ("e", _) => Self::Enum,
            // `record`, too.
            ("c", _) | (_, 2249) => Self::Composite,
            (_, 21) => Self::Integer(Width::Two),
            (_, 23) => Self::Integer(Width::Four),
            (_, 20) => Self::Integer(Width::Eight),
            (_, 700) => Self::Float,
            (_, 701) => Self::Double,
            // `name`, `text`, what has no type yet, `bpchar`, `varchar`.
            (_, 19 | 25 | 705 | 1042 | 1043) => Self::Text,
            (_, 114) => Self::Json,
            (_, 3802) => Self::Jsonb,
            _ if name == "citext" => Self::Text,
            _ => Self::Own,
        }
    }

    /// An array of elements of this number, name and `typtype`.
    pub(super) fn array(element: u32, name: &str, how: &str) -> Self {
        let of = match Self::of(element, name, how) {
            Self::Text => Element::Text,
            Self::Enum => Element::Enum,
            Self::Composite => Element::Composite,
            _ => Element::Own,
        };
        Self::Array { element, of }
    }
}

impl Width {
    /// What Postgres calls it where a number does not fit.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Two => "smallint",
            Self::Four => "integer",
            Self::Eight => "bigint",
        }
    }
}
