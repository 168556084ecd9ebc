//! Text for an attribute that nothing is declared for, by the attribute's name. Knows no types but
//! `String`.

use std::fmt::Write;

use super::Attribute;

/// Readable text for this attribute.
pub(super) fn auto(attribute: &Attribute<'_>) -> String {
    #[cfg(feature = "fake")]
    if let Some(write) = faked::writer(attribute.name()) {
        return write(&mut attribute.stream(), attribute.n());
    }
    numbered(attribute.name(), attribute.n())
}

fn numbered(name: &str, n: u64) -> String {
    // Most strings come from here: with room for any number it takes half the time of `format!`.
    const DIGITS: usize = u64::MAX.ilog10() as usize + 1;

    let mut text = String::with_capacity(name.len() + DIGITS);
    text.push_str(name);
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{n}");
    text
}

#[cfg(feature = "fake")]
mod faked {
    use fake::Fake;
    use fake::faker::address::en::{
        CityName, CountryCode, CountryName, PostCode, SecondaryAddress, StreetName, TimeZone,
    };
    use fake::faker::company::en::{Bs, BsNoun, Buzzword, CatchPhrase, CompanyName, Industry};
    use fake::faker::currency::en::{CurrencyCode, CurrencyName};
    use fake::faker::filesystem::en::MimeType;
    use fake::faker::internet::en::{IPv4, IPv6, MACAddress, UserAgent};
    use fake::faker::job::en::Title;
    use fake::faker::name::en::{FirstName, LastName, Name};
    use fake::faker::phone_number::en::CellNumber;
    use rand::Rng;

    use crate::session::Stream;
    use crate::value::unique;

    /// Writes text from an attribute's randomness and the row's number.
    type Writer = fn(&mut Stream, u64) -> String;

    /// What the name of an attribute says about it. Other names, and those that often stand for an
    /// enum (`state`, `status`) or for a code, say nothing.
    pub(super) fn writer(name: &str) -> Option<Writer> {
        let writer: Writer = match name {
            // unique
            "email" | "email_address" | "mail" => email,
            "username" | "user_name" | "login" | "handle" | "screen_name" => username,
            "slug" | "permalink" => slug,
            "url" | "website" | "website_url" | "homepage" | "link" => url,
            "domain" | "domain_name" | "host" | "hostname" => domain,

            // people
            "name" | "full_name" | "display_name" | "author_name" => |s, _| Name().fake_with_rng(s),
            "first_name" | "given_name" | "forename" | "nickname" => |s, _| FirstName().fake_with_rng(s),
            "last_name" | "family_name" | "surname" => |s, _| LastName().fake_with_rng(s),
            "phone" | "phone_number" | "telephone" | "mobile" | "fax" => |s, _| CellNumber().fake_with_rng(s),

            // work
            "company" | "company_name" | "organization" | "employer" => |s, _| CompanyName().fake_with_rng(s),
            "job" | "job_title" | "occupation" | "profession" => |s, _| Title().fake_with_rng(s),
            "industry" => |s, _| Industry().fake_with_rng(s),

            // places
            "street" | "street_address" | "address" | "address_line1" | "address_line_1" => street,
            "address_line2" | "address_line_2" => |s, _| SecondaryAddress().fake_with_rng(s),
            "city" | "town" => |s, _| CityName().fake_with_rng(s),
            "zip" | "zip_code" | "zipcode" | "postal_code" | "postcode" => |s, _| PostCode().fake_with_rng(s),
            "country" | "country_name" => |s, _| CountryName().fake_with_rng(s),
            "country_code" => |s, _| CountryCode().fake_with_rng(s),
            "time_zone" | "timezone" => |s, _| TimeZone().fake_with_rng(s),

            // prose
            "title" | "subject" | "headline" | "heading" => |s, _| CatchPhrase().fake_with_rng(s),
            "subtitle" | "caption" | "tagline" | "slogan" => |s, _| sentence(s),
            "summary" | "excerpt" | "comment" | "note" | "message" => |s, _| sentence(s),
            "body" | "content" | "text" | "description" | "bio" | "about" | "notes" => |s, _| paragraph(s),

            // machines
            "ip" | "ip_address" | "ipv4" => |s, _| IPv4().fake_with_rng(s),
            "ipv6" => |s, _| IPv6().fake_with_rng(s),
            "mac_address" => |s, _| MACAddress().fake_with_rng(s),
            "user_agent" => |s, _| UserAgent().fake_with_rng(s),
            "mime_type" | "content_type" | "media_type" => |s, _| MimeType().fake_with_rng(s),

            // codes
            "color" | "colour" => |s, _| format!("#{:06x}", s.next_u32() >> 8),
            "currency" | "currency_code" => |s, _| CurrencyCode().fake_with_rng(s),
            "currency_name" => |s, _| CurrencyName().fake_with_rng(s),
            _ => return None,
        };
        Some(writer)
    }

    fn email(stream: &mut Stream, n: u64) -> String {
        let first = plain(FirstName().fake_with_rng(stream), "");
        let last = plain(LastName().fake_with_rng(stream), "");
        format!("{first}.{last}{n}@example.com")
    }

    fn username(stream: &mut Stream, n: u64) -> String {
        format!("{}{n}", plain(FirstName().fake_with_rng(stream), ""))
    }

    fn slug(stream: &mut Stream, n: u64) -> String {
        let buzzword = plain(Buzzword().fake_with_rng(stream), "-");
        let noun = plain(BsNoun().fake_with_rng(stream), "-");
        unique::numbered(&format!("{buzzword}-{noun}"), n)
    }

    fn url(stream: &mut Stream, n: u64) -> String {
        format!("https://example.com/{}", slug(stream, n))
    }

    fn domain(stream: &mut Stream, n: u64) -> String {
        format!("{}{n}.example.com", plain(LastName().fake_with_rng(stream), ""))
    }

    fn street(stream: &mut Stream, _n: u64) -> String {
        let number = (1..1_000_u32).fake_with_rng::<u32, _>(stream);
        format!("{number} {}", StreetName().fake_with_rng::<String, _>(stream))
    }

    fn sentence(stream: &mut Stream) -> String {
        let words: String = Bs().fake_with_rng(stream);
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).chain(['.']).collect()
    }

    fn paragraph(stream: &mut Stream) -> String {
        [sentence(stream), sentence(stream), sentence(stream)].join(" ")
    }

    /// Lower-case ASCII letters and digits, with `gap` for what stands between words.
    fn plain(words: &str, gap: &str) -> String {
        let words = words.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(gap).to_ascii_lowercase()
    }
}

#[cfg(all(test, not(feature = "fake")))]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn text_is_the_name_and_the_number() {
        let session = Session::seeded(42);
        assert_eq!(auto(&Attribute::new(&session, 0, "email", 7, 0)), "email7");
    }
}

#[cfg(all(test, feature = "fake"))]
mod tests {
    use super::*;
    use crate::session::{Session, hash};

    const KNOWN: &str = "name first_name last_name full_name email username user_name login handle \
        slug title subject body content text description summary bio comment message city country \
        street address zip postal_code phone company job job_title url website link domain ip \
        user_agent color currency";

    fn row(name: &'static str, n: u64) -> String {
        auto(&Attribute::new(&Session::seeded(42), hash(name), name, n, n))
    }

    #[test]
    fn known_names_have_readable_text() {
        for name in KNOWN.split_whitespace() {
            for n in 0..500 {
                let text = row(name, n);
                assert!(!text.is_empty() && text.is_ascii(), "{name}: {text}");
                assert_ne!(text, format!("{name}{n}"));
                assert_eq!(text, row(name, n));
            }
        }
    }

    #[test]
    fn names_that_promise_it_are_unique() {
        for name in ["email", "username", "login", "handle", "slug", "url", "domain"] {
            let texts: std::collections::HashSet<String> = (0..20_000).map(|n| row(name, n)).collect();
            assert_eq!(texts.len(), 20_000, "{name}");
        }
    }

    #[test]
    fn addresses_are_plain() {
        let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '.';
        for n in 0..5_000 {
            let email = row("email", n);
            assert!(email.strip_suffix("@example.com").is_some_and(|local| local.chars().all(allowed)), "{email}");
            let slug = row("slug", n);
            assert!(slug.chars().all(|letter| allowed(letter) || letter == '-') && !slug.contains("--"), "{slug}");
        }
    }

    #[test]
    fn other_names_have_the_name_and_the_number() {
        assert_eq!(row("state", 7), "state7");
        assert_eq!(row("sku", 8), "sku8");
    }
}
