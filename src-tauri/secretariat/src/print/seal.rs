//! What tells an official paper from a draft: the hash of the archive and the code of its data, on its last page.

use super::document::{Block, Span};

/// Whether the paper is a draft or official, and what an official one carries on its last page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Not official: a visible mark, and neither hash nor code.
    Draft,
    /// Official.
    Official {
        /// Head of the archive before this document's own entry, 64 hexadecimal digits.
        head: String,
        /// SHA-256 of the canonical data it is made from.
        data_sha256: String,
    },
}

/// The hash of the archive and the code of the data, on the last page of an official paper; `of_what` says whose data they
/// are: "del acta".
pub(super) fn seal(name: &str, body: &str, of_what: &str, finish: &Finish, out: &mut Vec<Block>) {
    let Finish::Official { head, data_sha256 } = finish else { return };
    out.push(Block::Together(vec![
        Block::Space(8.0),
        Block::Line,
        Block::Qr {
            payload: format!("{name}\n{body}\nSHA-256 {data_sha256}"),
            caption: vec![
                Span::bold(format!("{name}\n")),
                Span::plain("Cabeza del archivo antes de este documento:\n"),
                Span::plain(groups(head)),
                Span::plain(format!("\nSHA-256 de los datos {of_what}:\n")),
                Span::plain(groups(data_sha256)),
            ],
        },
    ]));
}

/// A hash in sixteen groups of four, to be read aloud and compared.
fn groups(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
