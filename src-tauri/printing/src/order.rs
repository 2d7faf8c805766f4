//! How a paper is to be printed.

use std::fmt;
use std::str::FromStr;

use secretariat::{Failure, Result, text};
use serde::{Deserialize, Serialize};

use crate::paper::Paper;

/// The most copies of one order: more is a slip of the hand.
const MOST_COPIES: u32 = 999;

/// What the spooler takes of a title, in bytes (RFC 8011, names have 255 octets at most).
const LONGEST_TITLE: usize = 255;

/// How a paper is to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Which printer; the default one when not said.
    #[serde(default)]
    pub printer: Option<String>,
    /// How many copies, from 1 to 999; whole ones, one after another.
    #[serde(default = "once")]
    pub copies: u32,
    /// On which sides of the sheet; as the printer is set when not said.
    #[serde(default)]
    pub sides: Option<Sides>,
    /// Which pages, as a person writes them: "1-3,5"; all when not said.
    #[serde(default)]
    pub pages: Option<String>,
    /// On which paper; that of the document when not said.
    #[serde(default)]
    pub paper: Option<Paper>,
    /// What the spooler shows it as.
    pub title: String,
}

fn once() -> u32 {
    1
}

/// On which sides of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// One.
    One,
    /// Both, turned over the long edge, as a book.
    Long,
    /// Both, turned over the short edge, as a pad.
    Short,
}

impl Sides {
    /// As the spooler calls it (PWG 5100.13, `sides`).
    fn keyword(self) -> &'static str {
        match self {
            Self::One => "one-sided",
            Self::Long => "two-sided-long-edge",
            Self::Short => "two-sided-short-edge",
        }
    }
}

impl FromStr for Sides {
    type Err = String;

    fn from_str(said: &str) -> std::result::Result<Self, String> {
        match said {
            "one" => Ok(Self::One),
            "long" => Ok(Self::Long),
            "short" => Ok(Self::Short),
            _ => Err("one, long or short".into()),
        }
    }
}

/// Pages of a document: "1-3,5". Kept in order and without repeats, as spoolers want them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageRanges(Vec<(u32, u32)>);

impl PageRanges {
    /// Whether a document of `count` pages has them.
    ///
    /// # Errors
    /// `invalid_input` of `pages` when one is beyond the last.
    fn within(&self, count: u32) -> Result<()> {
        match self.0.last() {
            Some((_, last)) if *last > count => Err(Failure::field(
                "pages",
                match count {
                    1 => text!(
                        "El documento tiene una sola página: no hay página {last}. No se imprimió nada.",
                        "The document has one page: there is no page {last}. Nothing was printed."
                    ),
                    _ => text!(
                        "El documento tiene {count} páginas: no hay página {last}. No se imprimió nada.",
                        "The document has {count} pages: there is no page {last}. Nothing was printed."
                    ),
                },
            )),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for PageRanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (from, to)) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            match from == to {
                true => write!(f, "{comma}{from}")?,
                false => write!(f, "{comma}{from}-{to}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for PageRanges {
    type Err = Failure;

    fn from_str(said: &str) -> Result<Self> {
        let number = |text: &str| {
            let text = text.trim();
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|page| digits && *page > 0)
        };
        let range = |part: &str| match part.split_once(['-', '–']) {
            Some((from, to)) => Some((number(from)?, number(to)?)).filter(|(from, to)| from <= to),
            None => number(part).map(|page| (page, page)),
        };
        let read: Option<Vec<_>> = said.split([',', ';']).map(range).collect();
        let mut ranges = read.ok_or_else(|| {
            Failure::field(
                "pages",
                text!(
                    "«{said}» no dice qué páginas. Se escriben números y rangos separados por comas: 1-3,5. No se imprimió nada.",
                    "“{said}” does not say which pages. Write numbers and ranges between commas: 1-3,5. Nothing was printed."
                ),
            )
        })?;
        ranges.sort_unstable();
        let mut whole: Vec<(u32, u32)> = Vec::new();
        for (from, to) in ranges {
            match whole.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
                _ => whole.push((from, to)),
            }
        }
        Ok(Self(whole))
    }
}

impl Order {
    /// One copy of all of it at the default printer, shown as `title`.
    #[must_use]
    pub fn of(title: &str) -> Self {
        Self { printer: None, copies: 1, sides: None, pages: None, paper: None, title: title.to_owned() }
    }

    /// The pages of a document of `count` that it asks for, if so many copies and such pages can be asked for.
    ///
    /// # Errors
    /// `invalid_input` of `copies` or `pages`.
    pub(crate) fn check(&self, count: Option<u32>) -> Result<Option<PageRanges>> {
        if !(1..=MOST_COPIES).contains(&self.copies) {
            return Err(Failure::field(
                "copies",
                text!(
                    "Se imprimen de 1 a {MOST_COPIES} copias. No se imprimió nada.",
                    "From 1 to {MOST_COPIES} copies are printed. Nothing was printed."
                ),
            ));
        }
        let pages = self.pages.as_deref().map(PageRanges::from_str).transpose()?;
        if let (Some(pages), Some(count)) = (&pages, count) {
            pages.within(count)?;
        }
        Ok(pages)
    }

    /// The arguments of `lp`, up to the file.
    pub(crate) fn arguments(
        &self,
        printer: &str,
        paper: Option<Paper>,
        pages: Option<&PageRanges>,
    ) -> Vec<String> {
        let mut arguments: Vec<String> = ["-d", printer, "-n"].map(str::to_owned).into();
        arguments.push(self.copies.to_string());
        let mut option = |name: &str, value: &str| arguments.extend(["-o".into(), format!("{name}={value}")]);
        option("collate", "true");
        if let Some(sides) = self.sides {
            option("sides", sides.keyword());
        }
        if let Some(paper) = paper {
            option("media", paper.keyword());
        }
        if let Some(pages) = pages {
            option("page-ranges", &pages.to_string());
        }
        arguments.extend(["-t".into(), plain_title(&self.title)]);
        arguments
    }
}

/// A title as the spooler takes it: one line, not too long.
fn plain_title(title: &str) -> String {
    let mut plain = String::new();
    for word in title.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        let blank = if plain.is_empty() { "" } else { " " };
        plain.push_str(blank);
        plain.push_str(word);
    }
    let end = (0..=LONGEST_TITLE.min(plain.len())).rev().find(|at| plain.is_char_boundary(*at)).unwrap_or(0);
    plain.truncate(end);
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secretariat::Code;

    use super::*;

    #[test]
    fn pages_are_read_in_order_and_without_repeats() {
        for (said, kept) in [
            ("5", "5"),
            ("1-3,5", "1-3,5"),
            (" 1 - 3 , 5 ", "1-3,5"),
            ("5,1-3", "1-3,5"),
            ("1-3;2-4", "1-4"),
            ("1,2,3", "1-3"),
            ("7–9", "7-9"),
            ("2,2", "2"),
        ] {
            assert_eq!(said.parse::<PageRanges>().unwrap().to_string(), kept, "{said}");
        }
    }

    #[test]
    fn what_says_no_pages_is_refused() {
        for said in ["", "0", "0-3", "3-1", "a", "1-", "-1", "1,,2", "1-2-3", "+1", "99999999999", "1 2"] {
            let failure = said.parse::<PageRanges>().unwrap_err();
            assert_eq!(
                (failure.code, &failure.details["field"]),
                (Code::InvalidInput, &"pages".into()),
                "{said}"
            );
        }
    }

    #[test]
    fn pages_beyond_the_last_are_refused() {
        let pages: PageRanges = "2,4-6".parse().unwrap();
        assert!(pages.within(6).is_ok());
        assert!(
            pages
                .within(5)
                .unwrap_err()
                .message
                .es
                .starts_with("El documento tiene 5 páginas: no hay página 6.")
        );
        assert!(pages.within(1).unwrap_err().message.es.starts_with("El documento tiene una sola página"));
    }

    proptest! {
        #[test]
        fn the_same_pages_come_out(parts in prop::collection::vec((1_u32..40, 0_u32..5), 1..8)) {
            let said: Vec<String> = parts.iter().map(|(from, more)| format!("{from}-{}", from + more)).collect();
            let pages: PageRanges = said.join(",").parse().unwrap();
            let has = |page: u32| parts.iter().any(|(from, more)| (*from..=from + more).contains(&page));
            let kept = |page: u32| pages.0.iter().any(|(from, to)| (*from..=*to).contains(&page));
            prop_assert!((1..50).all(|page| has(page) == kept(page)));
            prop_assert!(pages.0.windows(2).all(|two| two[0].1 + 1 < two[1].0));
            prop_assert_eq!(pages.to_string().parse::<PageRanges>().unwrap(), pages);
        }
    }

    #[test]
    fn an_order_becomes_arguments() {
        let order = Order {
            copies: 3,
            sides: Some(Sides::Short),
            pages: Some("9,1-2".into()),
            ..Order::of("Acta\tn.º 1\nde 2025 ")
        };
        let pages = order.check(Some(9)).unwrap();
        assert_eq!(
            order.arguments("Secretaria", Some(Paper::Letter), pages.as_ref()).join("|"),
            "-d|Secretaria|-n|3|-o|collate=true|-o|sides=two-sided-short-edge|-o|media=Letter|-o|page-ranges=1-2,9|-t|\
             Acta n.º 1 de 2025"
        );
        let plain = Order::of("");
        assert_eq!(plain.arguments("X", None, None).join("|"), "-d|X|-n|1|-o|collate=true|-t|");
    }

    #[test]
    fn a_title_fits() {
        assert_eq!(plain_title(&"ñ".repeat(200)).len(), 254);
    }

    #[test]
    fn pages_are_checked_against_the_document() {
        let order = Order { pages: Some("3".into()), ..Order::of("x") };
        assert_eq!(order.check(Some(2)).unwrap_err().details["field"], "pages");
        assert!(order.check(Some(3)).is_ok() && order.check(None).is_ok());
        assert!(Order { pages: Some(String::new()), ..order }.check(None).is_err());
    }

    #[test]
    fn copies_have_a_limit() {
        for (copies, fine) in [(0, false), (1, true), (999, true), (1000, false)] {
            assert_eq!(Order { copies, ..Order::of("x") }.check(None).is_ok(), fine, "{copies}");
        }
    }
}
